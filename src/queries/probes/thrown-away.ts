import { z } from 'zod';
import { ifReadable } from '../../domain/if-readable.js';
import type { RunPort } from '../../domain/ports.js';
import { ipsecErrors } from '../kernel/ipsec-errors.js';
import { kernelCounters } from '../kernel/kernel-counters.js';

/** Packets that two Nodes threw away by themselves; what they do not count is 0. */
export const thrownSchema = z.strictObject({ ipsec: z.number(), checksums: z.number() });
export type Thrown = z.infer<typeof thrownSchema>;

export const thrownQueries = [ipsecErrors, kernelCounters] as const;
type Node = RunPort<(typeof thrownQueries)[number]>;

const onNode = async (node: Node, since: string): Promise<Thrown> => {
  const [ipsec = {}, counters] = await Promise.all([
    ifReadable(node.run(ipsecErrors, { since })),
    ifReadable(node.run(kernelCounters, { since })),
  ]);
  return {
    ipsec: Object.values(ipsec).reduce((sum, count) => sum + count, 0),
    checksums: counters?.mib.UdpInCsumErrors ?? 0,
  };
};

/** Up to now, on both ends. Two readings that belong together name different moments, which no other window names. */
export const thrownAway = async (ends: readonly Node[], since: '3' | '4'): Promise<Thrown> => {
  const all = await Promise.all(ends.map((node) => onNode(node, since)));
  return {
    ipsec: all.reduce((sum, { ipsec }) => sum + ipsec, 0),
    checksums: all.reduce((sum, { checksums }) => sum + checksums, 0),
  };
};
