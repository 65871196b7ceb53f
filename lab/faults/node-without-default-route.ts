import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story:
    'After a DHCP hiccup one node has no default route. Inside the cluster all is well, the world outside is gone.',
  ...across({ namespace: 'market', server: 'stall', listens: 8900, client: 'buyer', from: 'node-b' }),
  flow: { from: 'pod/market/buyer', to: 'ip/198.51.100.7:80' },
  disturbs: 'cluster',
  inject: [{ at: { node: 'node-b' }, run: ['ip', 'route', 'del', 'default'] }],
  heal: [{ at: { node: 'node-b' }, run: ['ip', 'route', 'add', 'default', 'via', '10.0.0.1'] }],
  symptom: { at: { pod: 'buyer' }, request: http('198.51.100.7', 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['NODE-03'], { beside: ['EGR-03'] })],
};
