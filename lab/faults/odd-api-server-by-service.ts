import { type Fault, staysFree } from '../scenario/fault.ts';
import { client } from '../scenario/manifest.ts';
import { connects } from '../scenario/requests.ts';

export const fault: Fault = {
  story:
    'The Service kubernetes selects no Pod, its endpoint is no Pod and lies on no node, and another port answers behind it: as it should be.',
  namespace: 'pilothouse',
  flow: { from: 'pod/pilothouse/envoy', to: 'svc/default/kubernetes:443' },
  on: ['plain', 'doors'],
  objects: [client('pilothouse', { name: 'envoy' })],
  inject: [],
  symptom: {
    at: { pod: 'envoy' },
    request: connects('kubernetes.default.svc.cluster.local', 443),
    fails: 'never',
  },
  runs: [staysFree, { ...staysFree, level: 'node' }],
};
