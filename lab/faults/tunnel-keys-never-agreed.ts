import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

const TUNNEL = ['src', '10.0.0.11/32', 'dst', '10.0.0.12/32', 'proto', 'udp', 'dport', '8472', 'dir', 'out'];

export const fault: Fault = {
  story:
    'What goes from one node to another in the tunnel has to be encrypted. The program that agrees on the keys is gone since the last update, its policy is not.',
  ...across({ namespace: 'cipherhouse', server: 'cipher', listens: 8357, client: 'envoy' }),
  disturbs: 'cluster',
  inject: [
    {
      at: { node: 'node-a' },
      run: ['ip', 'xfrm', 'policy', 'add', ...TUNNEL, 'tmpl', 'proto', 'esp', 'mode', 'transport'],
    },
  ],
  heal: [{ at: { node: 'node-a' }, run: ['ip', 'xfrm', 'policy', 'delete', ...TUNNEL] }],
  symptom: { at: { pod: 'envoy' }, request: http('cipher', 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['CNI-26'], { beside: ['CNI-11'], never: ['SVC-01', 'SVC-03', 'POD-03'] })],
};
