import { type Fault, staysFree } from '../scenario/fault.ts';
import { client, deployment, pinned, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story: 'internalTrafficPolicy is Local, two nodes have no server, and the client is on the third.',
  namespace: 'vineyard',
  flow: { from: 'pod/vineyard/cooper', to: 'svc/vineyard/barrels' },
  objects: [
    deployment('vineyard', web('barrels', 8173, { replicas: 1, pod: pinned('node-c') })),
    service('vineyard', 'barrels', {
      selector: { app: 'barrels' },
      internalTrafficPolicy: 'Local',
      externalTrafficPolicy: 'Local',
      type: 'NodePort',
      ports: [{ port: 80, targetPort: 8173 }],
    }),
    client('vineyard', { name: 'cooper', node: 'node-c' }),
  ],
  inject: [],
  symptom: { at: { pod: 'cooper' }, request: http('barrels', 80), fails: 'never' },
  runs: [staysFree],
};
