import { across } from '../scenario/across.ts';
import { fromOutside, staysUnasked } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import { service } from '../scenario/manifest.ts';

const setting = across({ namespace: 'pergola', server: 'vintner', listens: 8342, client: 'taster' });
const flags = ['outside-cannot-reach'];

export const fault: Fault = {
  story:
    'One Service has a load balancer, a node port and an external IP that no node has. A pod asks for the client outside, and all of it works.',
  ...setting,
  on: ['doors'],
  objects: [
    ...setting.objects,
    service('pergola', 'vintner', {
      type: 'LoadBalancer',
      externalIPs: ['192.0.2.80'],
      selector: { app: 'vintner' },
      ports: [{ port: 80, targetPort: 8342 }],
    }),
  ],
  inject: [],
  symptom: { at: { net: 'ext' }, request: ({ balancerIp }) => fromOutside(balancerIp('vintner'), 80), fails: 'never' },
  runs: [
    { ...staysUnasked, flags },
    { ...staysUnasked, flags, level: 'node' },
  ],
};
