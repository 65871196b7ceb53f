import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const kitchen = (configMap: string) =>
  deployment('bistro', web('kitchen', 8151, { replicas: 1, envFrom: [{ configMapRef: { name: configMap } }] }));

export const fault: Fault = {
  story: 'The chart renamed the ConfigMap, the Deployment asks for the new name, and nobody created it.',
  namespace: 'bistro',
  flow: { from: 'pod/bistro/waiter', to: 'svc/bistro/kitchen' },
  objects: [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'menu', namespace: 'bistro' }, data: { soup: 'leek' } },
    kitchen('menu'),
    service('bistro', 'kitchen', { selector: { app: 'kitchen' }, ports: [{ port: 80, targetPort: 8151 }] }),
    client('bistro', { name: 'waiter' }),
  ],
  inject: [{ apply: [kitchen('menu-v2')] }],
  until: { get: ['pods', '-l', 'app=kitchen'], shows: /CreateContainerConfigError/ },
  symptom: { at: { pod: 'waiter' }, request: http('kitchen', 80), fails: 'always' },
  runs: [finds(['POD-01'], { never: ['SVC-01', 'POD-03', 'CNI-01'] })],
};
