import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const lens = (app: string) => service('optics', 'lens', { selector: { app }, ports: [{ port: 80, targetPort: 8117 }] });
const grinder = (path: string) =>
  deployment(
    'optics',
    web('lens', 8117, { replicas: 1, readinessProbe: { tcpSocket: { port: Number(path) }, periodSeconds: 1 } }),
  );

export const fault: Fault = {
  story:
    'Two changes in one evening: the Service selects a label that nobody has, and the pods it should select are not ready.',
  namespace: 'optics',
  flow: { from: 'pod/optics/viewer', to: 'svc/optics/lens' },
  objects: [grinder('8117'), lens('lens'), client('optics', { name: 'viewer' })],
  inject: [{ apply: [grinder('8017')] }, { apply: [lens('lenses')] }],
  symptom: { at: { pod: 'viewer' }, request: http('lens', 80), fails: 'always' },
  runs: [finds(['SVC-01'], { beside: ['POD-02', 'SVC-02'], never: ['POD-03'] })],
};
