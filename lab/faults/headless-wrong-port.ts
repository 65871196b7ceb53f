import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const ports = [{ name: 'http', port: 80, targetPort: 8090 }];
const ordinary = service('reports', 'render', { selector: { app: 'render' }, ports });
const headless = service('reports', 'render', { clusterIP: 'None', selector: { app: 'render' }, ports });

export const fault: Fault = {
  story: 'Made headless for the new client library; nobody translates port 80 to 8090 any more.',
  namespace: 'reports',
  flow: { from: 'pod/reports/scheduler', to: 'svc/reports/render:80' },
  objects: [deployment('reports', web('render', 8090)), ordinary, client('reports', { name: 'scheduler' })],
  inject: [{ recreate: [headless] }],
  heal: [{ recreate: [ordinary] }],
  symptom: { at: { pod: 'scheduler' }, request: http('render', 80), fails: 'always' },
  runs: [finds(['SVC-11'], { never: ['SVC-01', 'SVC-02', 'POD-03'] })],
};
