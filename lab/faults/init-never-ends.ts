import { BUSYBOX } from '../build/images.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const migrate = { name: 'migrate', image: BUSYBOX, imagePullPolicy: 'Never', command: ['sleep', '3600'] };
const loom = (initContainers: readonly object[]) =>
  deployment('weavers', web('loom', 8112, { replicas: 1, pod: { initContainers } }));

export const fault: Fault = {
  story: 'The migration that runs before the server waits for a lock that nobody gives back.',
  namespace: 'weavers',
  flow: { from: 'pod/weavers/buyer', to: 'svc/weavers/loom' },
  objects: [
    loom([]),
    service('weavers', 'loom', { selector: { app: 'loom' }, ports: [{ port: 80, targetPort: 8112 }] }),
    client('weavers', { name: 'buyer' }),
  ],
  inject: [{ apply: [loom([migrate])] }],
  symptom: { at: { pod: 'buyer' }, request: http('loom', 80), fails: 'always' },
  runs: [finds(['POD-01'], { beside: ['POD-02', 'SVC-02'], never: ['SVC-01', 'POD-03'] })],
};
