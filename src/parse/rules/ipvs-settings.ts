import { z } from 'zod';
import type { VirtualServers } from './ip-vs.js';

export const ipvsSettingsSchema = z.strictObject({
  ipvs: z.boolean(),
  /** As text; `absent` where this kernel has no such setting. */
  conntrack: z.string(),
  reuse: z.string(),
  expire: z.string(),
  estimates: z.string(),
  release: z.string(),
  /** A connection that uses a port again is dropped once before it goes to another server. */
  dropsReuse: z.boolean(),
  servers: z.int(),
  /** Servers that should be gone and still have connections. */
  leaving: z.array(z.string()),
});
export type IpvsSettings = z.infer<typeof ipvsSettingsSchema>;

export const leavingIn = ({ servers }: Pick<VirtualServers, 'servers'>): string[] =>
  servers.flatMap(({ real }) =>
    real.flatMap(({ address, port, weight, active, inactive }) =>
      weight === 0 && active + inactive > 0 ? [`${address}:${port}`] : [],
    ),
  );

/** Fixed by Linux 5.9, "ipvs: allow connection reuse for unconfirmed conntrack"; some vendors have it earlier. */
export const isBefore59 = ({ major, minor }: { readonly major: number; readonly minor: number }) =>
  major < 5 || (major === 5 && minor < 9);

// Every two seconds the kernel went through the counters of all servers at once, until 6.2 gave them threads of their own.
const manyServers = 5000;

export const judgeIpvsSettings = (
  here: IpvsSettings,
): 'not-ipvs' | 'untracked' | 'slow-reuse' | 'keeps-gone' | 'estimates-many' | 'sound' => {
  if (!here.ipvs) return 'not-ipvs';
  if (here.conntrack === '0') return 'untracked';
  if (here.dropsReuse && here.reuse === '1') return 'slow-reuse';
  if (here.reuse === '0' && here.leaving.length > 0) return 'keeps-gone';
  return here.estimates === '1' && here.servers > manyServers ? 'estimates-many' : 'sound';
};
