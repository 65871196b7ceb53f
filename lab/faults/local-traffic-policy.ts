import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, pinned, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const cache = (internalTrafficPolicy: string) =>
  service('sessions', 'cache', {
    selector: { app: 'cache' },
    internalTrafficPolicy,
    ports: [{ port: 6379, targetPort: 6379 }],
  });

export const fault: Fault = {
  story: 'Local saves a hop where every node has a cache. Since the last scale-down two nodes have none.',
  namespace: 'sessions',
  flow: { from: 'pod/sessions/login', to: 'svc/sessions/cache:6379' },
  objects: [
    deployment('sessions', web('cache', 6379, { replicas: 1, pod: pinned('node-b') })),
    cache('Cluster'),
    client('sessions', { name: 'login', node: 'node-a' }),
  ],
  inject: [{ apply: [cache('Local')] }],
  symptom: { at: { pod: 'login' }, request: http('cache', 6379), fails: 'always' },
  runs: [finds(['SVC-07'], { never: ['SVC-01', 'SVC-02', 'SVC-03', 'KP-01'] })],
};
