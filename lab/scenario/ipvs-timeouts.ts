import type { Change } from './change.ts';

/** As kube-proxy finds them. */
const OF_THE_KERNEL = { tcp: 900, ending: 120, udp: 300 };

/** How many seconds IPVS of `node-a` remembers what is quiet: TCP, TCP that ends, UDP. Without any, those of the kernel. */
export const ipvsTimeouts = (some: Partial<typeof OF_THE_KERNEL> = {}): Change => {
  const { tcp, ending, udp } = { ...OF_THE_KERNEL, ...some };
  return { at: { node: 'node-a' }, run: ['ipvsadm', '--set', ...[tcp, ending, udp].map(String)] };
};
