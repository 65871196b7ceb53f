import { across } from '../scenario/across.ts';
import type { Change } from '../scenario/change.ts';
import { findsAs, fromOutside } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import { service } from '../scenario/manifest.ts';

const setting = across({ namespace: 'cidery', server: 'presser', listens: 8341, client: 'picker' });
const onAll = (how: string): Change[] =>
  ['node-a', 'node-b', 'node-c'].map((node) => ({
    at: { node },
    run: ['ip', 'route', how, '198.51.100.0/24', 'dev', 'cni0'],
  }));

export const fault: Fault = {
  story:
    'A new customer has the very range that was added for pods. Requests of that customer arrive, and every answer stays in the cluster.',
  ...setting,
  flow: { from: 'outside/ip/198.51.100.7', to: 'svc/cidery/presser' },
  on: ['doors'],
  disturbs: 'cluster',
  objects: [
    ...setting.objects,
    service('cidery', 'presser', {
      type: 'LoadBalancer',
      selector: { app: 'presser' },
      ports: [{ port: 80, targetPort: 8341 }],
    }),
  ],
  inject: onAll('add'),
  heal: onAll('del'),
  symptom: { at: { net: 'ext' }, request: ({ balancerIp }) => fromOutside(balancerIp('presser'), 80), fails: 'always' },
  proof: 'nodes',
  runs: [findsAs('outside-cannot-reach', ['EGR-02'], { certainty: ['probable'], never: ['LB-05', 'KP-02', 'SVC-15'] })],
};
