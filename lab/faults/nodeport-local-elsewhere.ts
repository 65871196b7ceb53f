import { across } from '../scenario/across.ts';
import { findsAs, fromOutside } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import { service } from '../scenario/manifest.ts';

const setting = across({ namespace: 'hangar', server: 'glider', listens: 8321, client: 'pilot', from: 'node-c' });
const open = (externalTrafficPolicy: 'Cluster' | 'Local') =>
  service('hangar', 'glider', {
    type: 'NodePort',
    externalTrafficPolicy,
    selector: { app: 'glider' },
    ports: [{ port: 80, targetPort: 8321, nodePort: 31_321 }],
  });

export const fault: Fault = {
  story:
    'The team wanted to see the addresses of clients and set externalTrafficPolicy to Local. The node that outsiders use has no pod of it.',
  ...setting,
  flow: { from: 'pod/hangar/pilot', to: 'node/node-a:31321' },
  on: ['doors'],
  objects: [...setting.objects, open('Cluster')],
  inject: [{ apply: [open('Local')] }],
  heal: [{ apply: [open('Cluster')] }],
  symptom: {
    at: { net: 'ext' },
    request: fromOutside('10.0.0.11', 31_321),
    fails: 'always',
  },
  witness: 'NETFILTER_DROP',
  runs: [findsAs('nodeport-unreachable', ['SVC-08'])],
};
