import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

// What a card does that promises to compute a checksum and does it wrong: the cable has the bytes, so nobody counts again.
const WRONG = `table netdev card {
  chain in { type filter hook ingress device u-node-a priority 0; ip daddr 10.0.0.12 udp dport 8472 udp checksum set 0xbad1; }
}`;

// A cable between namespaces promises a sum and never writes one, and the other end believes it: the kernel has to.
const sums = (offload: 'on' | 'off') => ({ at: { node: 'node-a' }, run: ['ethtool', '-K', 'eth0', 'tx', offload] });

export const fault: Fault = {
  story:
    'A new driver computes the checksums of tunnel packets and gets them wrong. They arrive and are thrown away; nodes reach each other without any loss.',
  ...across({ namespace: 'coinage', server: 'coin', listens: 8356, client: 'banker' }),
  disturbs: 'cluster',
  inject: [sums('off'), { at: { net: 'underlay' }, run: ['nft', WRONG] }],
  heal: [{ at: { net: 'underlay' }, run: ['nft', 'delete', 'table', 'netdev', 'card'] }, sums('on')],
  symptom: { at: { pod: 'banker' }, request: http('coin', 80), fails: 'always' },
  witness: 'UDP_CSUM',
  proof: 'nodes',
  runs: [finds(['CNI-18'], { beside: ['CNI-19'], never: ['SVC-01', 'SVC-03', 'POD-03'] })],
};
