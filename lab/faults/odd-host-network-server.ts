import { type Fault, staysFree } from '../scenario/fault.ts';
import { client, deployment, pinned, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story: 'The server has the network of its node, so its address is that of the node and lies in no pod range.',
  namespace: 'beacon',
  flow: { from: 'pod/beacon/sailor', to: 'svc/beacon/light' },
  objects: [
    deployment('beacon', web('light', 9123, { replicas: 1, pod: { ...pinned('node-b'), hostNetwork: true } })),
    service('beacon', 'light', { selector: { app: 'light' }, ports: [{ port: 80, targetPort: 9123 }] }),
    client('beacon', { name: 'sailor', node: 'node-a' }),
  ],
  inject: [],
  symptom: { at: { pod: 'sailor' }, request: http('light', 80), fails: 'never' },
  runs: [staysFree],
};
