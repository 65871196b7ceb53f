import { type Fault, staysFree } from '../scenario/fault.ts';
import { client, deployment, pinned, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const ports = [{ containerPort: 8295, name: 'http', hostPort: 18_295 }];

export const fault: Fault = {
  story: 'A server has a port of its node besides, beside another in the network of that node, and both work.',
  namespace: 'beaconry',
  flow: { from: 'pod/beaconry/keeper', to: 'svc/beaconry/lens' },
  objects: [
    deployment('beaconry', web('lens', 8295, { replicas: 1, ports, pod: pinned('node-b') })),
    deployment('beaconry', web('horn', 18_296, { replicas: 1, pod: { ...pinned('node-b'), hostNetwork: true } })),
    service('beaconry', 'lens', { selector: { app: 'lens' }, ports: [{ port: 80, targetPort: 8295 }] }),
    client('beaconry', { name: 'keeper' }),
  ],
  inject: [],
  symptom: { at: { pod: 'keeper' }, request: http('lens', 80), fails: 'never' },
  runs: [staysFree],
};
