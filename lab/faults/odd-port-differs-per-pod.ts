import { type Fault, staysFree } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const part = { part: 'recommend' };

export const fault: Fault = {
  story:
    'Two versions behind one Service call different ports "http", and a neighbour that nobody asked for is crashing.',
  namespace: 'recommend',
  flow: { from: 'pod/recommend/home', to: 'svc/recommend/recommend:80' },
  objects: [
    deployment('recommend', web('recommend-v1', 8080, { labels: part, replicas: 1 })),
    deployment('recommend', web('recommend-v2', 9090, { labels: part, replicas: 1 })),
    service('recommend', 'recommend', { selector: part, ports: [{ port: 80, targetPort: 'http' }] }),
    client('recommend', { name: 'home' }),
  ],
  inject: [{ apply: [client('recommend', { name: 'experiment', command: ['false'] })] }],
  until: { get: ['pod', 'experiment'], shows: /CrashLoopBackOff/ },
  symptom: { at: { pod: 'home' }, request: http('recommend', 80), fails: 'never' },
  runs: [staysFree],
};
