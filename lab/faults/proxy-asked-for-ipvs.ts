import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { crashed } from '../scenario/proxy-crash.ts';
import { http } from '../scenario/requests.ts';

const MODE = { key: 'mode', shipped: 'iptables', value: 'ipvs' };

export const fault: Fault = {
  story:
    'kube-proxy was to use IPVS. The kernel of the nodes was built without it, which nobody noticed before the first node was restarted.',
  ...across({ namespace: 'clayworks', server: 'kiln', listens: 8364, client: 'mason', from: 'node-b', on: 'node-c' }),
  disturbs: 'cluster',
  ...crashed({ node: 'node-b', namespace: 'clayworks', server: 'kiln', line: MODE }),
  symptom: { at: { pod: 'mason' }, request: http('kiln', 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['IPVS-01'], { beside: ['KP-02'], never: ['SVC-01', 'SVC-02', 'SVC-03', 'POD-03'] })],
};
