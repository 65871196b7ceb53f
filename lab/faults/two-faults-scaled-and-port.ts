import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const wheels = (replicas: number) => deployment('casino', web('wheel', 8162, { replicas }));
const wheel = (targetPort: number) =>
  service('casino', 'wheel', { selector: { app: 'wheel' }, ports: [{ port: 80, targetPort }] });

export const fault: Fault = {
  story: 'Scaled to zero over the weekend, and on Friday evening somebody also moved the target port.',
  namespace: 'casino',
  flow: { from: 'pod/casino/croupier', to: 'svc/casino/wheel' },
  objects: [wheels(1), wheel(8162), client('casino', { name: 'croupier' })],
  inject: [{ apply: [wheels(0), wheel(8126)] }, { wait: { get: ['pods'], shows: /^(?!.*wheel)/s } }],
  symptom: { at: { pod: 'croupier' }, request: http('wheel', 80), fails: 'always' },
  runs: [finds(['SVC-18'], { beside: ['SVC-03'], never: ['POD-03', 'SVC-02', 'POD-02'] })],
};
