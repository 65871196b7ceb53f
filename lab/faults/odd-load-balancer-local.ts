import { across } from '../scenario/across.ts';
import { fromOutside, staysUnasked } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import { service } from '../scenario/manifest.ts';

const setting = across({ namespace: 'veranda', server: 'gardener', listens: 8330, client: 'guest' });

export const fault: Fault = {
  story:
    'The load balancer keeps the address of clients: externalTrafficPolicy is Local, one node has the pod, and the ranges name everybody who comes.',
  ...setting,
  on: ['doors'],
  objects: [
    ...setting.objects,
    service('veranda', 'gardener', {
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      loadBalancerSourceRanges: ['198.51.100.0/24', '10.0.0.0/8'],
      selector: { app: 'gardener' },
      ports: [{ port: 80, targetPort: 8330 }],
    }),
  ],
  inject: [],
  symptom: { at: { net: 'ext' }, request: ({ balancerIp }) => fromOutside(balancerIp('gardener'), 80), fails: 'never' },
  runs: [
    { ...staysUnasked, flags: ['loadbalancer-unreachable'] },
    { ...staysUnasked, flags: ['loadbalancer-unreachable'], level: 'node' },
  ],
};
