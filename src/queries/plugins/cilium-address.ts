import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseCiliumAddress } from '../../parse/plugins/cilium-address.js';

/** Whose Cilium on this Node takes an address to be: what the kernel looks up for every packet. */
export const ciliumAddress = defineQuery({
  name: 'cilium-address',
  where: 'pod',
  level: 'node',
  limit: 10,
  args: z.strictObject({ address: z.union([z.ipv4(), z.ipv6()]) }),
  variants: ['cilium-dbg', 'cilium'].map((tool) => ({
    tool,
    argv: ({ address }: { address: string }) => [tool, 'bpf', 'ipcache', 'get', address],
  })),
  parse: ({ stdout, stderr }) => parseCiliumAddress(stdout, stderr),
});
