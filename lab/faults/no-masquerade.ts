import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story:
    'The new flannel manifest lost --ip-masq. Packets to the outside leave with the address of the pod and nobody knows the way back.',
  ...across({ namespace: 'agency', server: 'desk', listens: 8910, client: 'courier', from: 'node-b' }),
  flow: { from: 'pod/agency/courier', to: 'ip/198.51.100.7:80' },
  disturbs: 'cluster',
  // Ahead of flannel's own rules, which it writes again every few seconds.
  inject: [
    {
      at: { node: 'node-b' },
      run: ['iptables', '-t', 'nat', '-I', 'POSTROUTING', '-d', '198.51.100.7', '-j', 'ACCEPT'],
    },
  ],
  heal: [
    {
      at: { node: 'node-b' },
      run: ['iptables', '-t', 'nat', '-D', 'POSTROUTING', '-d', '198.51.100.7', '-j', 'ACCEPT'],
    },
  ],
  symptom: { at: { pod: 'courier' }, request: http('198.51.100.7', 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['EGR-01'], { beside: ['EGR-06'], never: ['NODE-03'] })],
};
