import { z } from 'zod';
import { type Counters, pickCounts } from '../kernel/counters.js';

/** What a Node counted during one stretch of a recording: only what rose. */
export const rosesSchema = z.strictObject({
  node: z.string(),
  role: z.string(),
  /** One for each stretch, in order; null where the node could not be read around it. */
  stretches: z.array(z.record(z.string(), z.number()).nullable()),
});
export type Roses = z.infer<typeof rosesSchema>;

// Retransmissions and failed attempts rise on any node that has something to do; these tell of something lost.
const ofMib = [
  'IpFragFails',
  'TcpInCsumErrors',
  'UdpInCsumErrors',
  'TcpExtListenOverflows',
  'TcpExtListenDrops',
  'TcpExtTCPReqQFullDrop',
  'TcpExtPAWSPassive',
  'TcpExtPAWSEstab',
] as const;
const ofConntrack = ['insert_failed', 'drop', 'early_drop', 'invalid'] as const;

const named = (counters: Counters): Record<string, number> => ({
  ...pickCounts(counters.mib, ofMib),
  ...Object.fromEntries(
    ofConntrack.flatMap((name) => {
      const value = counters.conntrack?.events?.[name];
      return value === undefined ? [] : [[`conntrack ${name}`, value]];
    }),
  ),
  ...(counters.softnet ? { 'softnet dropped': counters.softnet.dropped } : {}),
  ...(counters.neighbours ? { 'neighbour overflows': counters.neighbours.overflows } : {}),
});

/** What rose from one reading to the next. A counter that fell was set back and tells nothing. */
export const roseBetween = (
  before: Counters | undefined,
  after: Counters | undefined,
): Record<string, number> | null => {
  if (!before || !after) return null;
  const [was, is] = [named(before), named(after)];
  const risen = Object.entries(is).flatMap(([name, value]): [string, number][] => {
    const rose = value - (was[name] ?? value);
    return rose > 0 ? [[name, rose]] : [];
  });
  return Object.fromEntries(risen);
};

export interface Rise {
  readonly node: string;
  readonly counter: string;
  readonly count: number;
}

/**
 * Counters that rose in a stretch with failures and in none without: where every stretch had some, or none had,
 * nothing can be told apart.
 */
export const risesWithFailures = (nodes: readonly Roses[], failing: readonly boolean[]): Rise[] => {
  if (!failing.includes(true) || !failing.includes(false)) return [];
  return nodes.flatMap(({ node, stretches }) => {
    const sums = new Map<string, number>();
    for (const [at, rose] of stretches.entries())
      for (const [name, count] of Object.entries(rose ?? {}))
        sums.set(name, failing[at] ? (sums.get(name) ?? 0) + count : Number.NaN);
    return [...sums].flatMap(([counter, count]) => (Number.isNaN(count) ? [] : [{ node, counter, count }]));
  });
};
