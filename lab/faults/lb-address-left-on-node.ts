import { across } from '../scenario/across.ts';
import { findsAs } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import { service } from '../scenario/manifest.ts';

const setting = across({ namespace: 'signal-box', server: 'pointsman', listens: 8451, client: 'stationmaster' });

// A neighbour that asks anew hears both, and the kernel of a node is quicker than a speaker.
const ASK = 'ip neigh flush to "$1" dev eth0; exec curl -sf -o /dev/null -m 2 "http://$1/"';

export const fault: Fault = {
  story:
    'In the old days a script held the address on node-c. It still does there, MetalLB announces it from where the pod is, and both answer whoever asks.',
  ...setting,
  flow: { from: 'outside/ip/10.0.0.10', to: 'svc/signal-box/pointsman' },
  on: ['doors'],
  objects: [
    ...setting.objects,
    service('signal-box', 'pointsman', {
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      selector: { app: 'pointsman' },
      ports: [{ port: 80, targetPort: 8451 }],
    }),
  ],
  inject: [
    {
      at: { node: 'node-c' },
      run: ({ balancerIp }) => ['ip', 'address', 'add', `${balancerIp('pointsman')}/32`, 'dev', 'eth0'],
    },
  ],
  heal: [
    {
      at: { node: 'node-c' },
      run: ({ balancerIp }) => ['ip', 'address', 'del', `${balancerIp('pointsman')}/32`, 'dev', 'eth0'],
    },
  ],
  symptom: {
    at: { net: 'bastion' },
    request: ({ balancerIp }) => ['sh', '-c', ASK, 'ask', balancerIp('pointsman')],
    fails: 'always',
  },
  proof: 'nodes',
  runs: [findsAs('loadbalancer-unreachable', ['LB-04'], { certainty: ['certain'], never: ['LB-05'] })],
};
