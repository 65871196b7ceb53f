import { findsAs } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import { client, deployment, pinned, web } from '../scenario/manifest.ts';
import { provided, provider } from '../scenario/provider.ts';
import { http } from '../scenario/requests.ts';
import { rolledOut } from '../scenario/rolled-out.ts';

const where = 'hayloft';
const balanced = { namespace: where, service: 'baler', address: '203.0.113.66', nodePort: 31866 };
const { stands } = provider(balanced);

const ONE_ON_EACH = {
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: 'kubernetes.io/hostname',
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchLabels: { app: 'baler' } },
    },
  ],
};
const servers = (replicas: number, pod: object) => deployment(where, web('baler', 8466, { replicas, pod }));

const found = findsAs('loadbalancer-unreachable', ['LB-03'], { never: ['SVC-01', 'SVC-02', 'POD-03'] });

export const fault: Fault = {
  story:
    'Only nodes with a server take what comes from outside, and the load balancer asks nobody which these are. That went well as long as each node had one.',
  namespace: where,
  flow: { from: `pod/${where}/farmer`, to: `svc/${where}/baler` },
  on: ['doors'],
  objects: [
    servers(3, ONE_ON_EACH),
    provided({ ...balanced, listens: 8466, more: { externalTrafficPolicy: 'Local' } }),
    client(where, { name: 'farmer', node: 'node-a' }),
  ],
  beforehand: stands,
  inject: [{ apply: [servers(1, pinned('node-c'))] }, rolledOut(where, 'deploy/baler')],
  symptom: { at: { pod: 'farmer' }, request: http(balanced.address, 80, { seconds: 1 }), fails: 'sometimes' },
  runs: [found, { ...found, level: 'node' }],
};
