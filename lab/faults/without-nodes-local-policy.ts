import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, pinned, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const geese = (internalTrafficPolicy: string) =>
  service('farmyard', 'geese', {
    selector: { app: 'geese' },
    internalTrafficPolicy,
    ports: [{ port: 80, targetPort: 8196 }],
  });

export const fault: Fault = {
  story:
    'Traffic is kept on the node of the client, where no server is. Nodes are hidden, the pods still say where they are.',
  namespace: 'farmyard',
  flow: { from: 'pod/farmyard/farmer', to: 'svc/farmyard/geese' },
  objects: [
    deployment('farmyard', web('geese', 8196, { replicas: 1, pod: pinned('node-c') })),
    geese('Cluster'),
    client('farmyard', { name: 'farmer', node: 'node-b' }),
  ],
  inject: [{ apply: [geese('Local')] }],
  symptom: { at: { pod: 'farmer' }, request: http('geese', 80), fails: 'always' },
  runs: [
    {
      as: 'noexec',
      level: 'observe',
      expect: finds(['SVC-07'], { names: /nodes/, never: ['SVC-01', 'NODE-09', 'KP-01'] }).expect,
    },
  ],
};
