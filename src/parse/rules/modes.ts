import { z } from 'zod';
import type { Written } from './proxy-rules.js';

export const familySchema = z.enum(['ip', 'ip6']);

/** What the modes of kube-proxy left on a node: how many Services each translates there. */
export const leftSchema = z.strictObject({
  'iptables-nft': z.int(),
  'iptables-legacy': z.int(),
  nftables: z.int(),
  ipvs: z.int(),
});
export type Left = z.infer<typeof leftSchema>;

/** Empty chains translate nothing: kubelet and kube-proxy of other modes leave some (KUBE-IPTABLES-HINT and others). */
export const leftByModes = (written: readonly Written[], ipvs: number): Left => {
  const of = (backend: string) =>
    written.filter(({ from }) => from === backend).reduce((sum, { services }) => sum + services, 0);
  return {
    'iptables-nft': of('iptables-nft'),
    'iptables-legacy': of('iptables-legacy'),
    nftables: of('nftables'),
    ipvs,
  };
};
