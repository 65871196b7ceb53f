import { type Fault, staysFree } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const windows = (name: string, more: object) =>
  service('cathedral', name, {
    selector: { app: 'glass' },
    ports: [{ port: 80, targetPort: 8175, name: 'http' }],
    ...more,
  });

export const fault: Fault = {
  story:
    'Two Services for the same pods, one of them headless, and a leftover third that selects nobody and that nobody calls.',
  namespace: 'cathedral',
  flow: { from: 'pod/cathedral/sexton', to: 'svc/cathedral/windows' },
  objects: [
    deployment('cathedral', web('glass', 8175)),
    windows('windows', {}),
    windows('windows-peers', { clusterIP: 'None' }),
    windows('windows-old', { selector: { app: 'lead' } }),
    client('cathedral', { name: 'sexton' }),
  ],
  inject: [],
  symptom: { at: { pod: 'sexton' }, request: http('windows', 80), fails: 'never' },
  runs: [staysFree],
};
