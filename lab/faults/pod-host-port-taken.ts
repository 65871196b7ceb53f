import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, pinned, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const ports = (hostPort?: number) => [{ containerPort: 8155, name: 'http', ...(hostPort ? { hostPort } : {}) }];
const lamp = (hostPort?: number) =>
  deployment('harbour', web('lamp', 8155, { replicas: 1, ports: ports(hostPort), pod: pinned('node-b') }));

export const fault: Fault = {
  story: 'Two teams picked the same host port. The second one to restart lost its place on the node.',
  namespace: 'harbour',
  flow: { from: 'pod/harbour/pilot', to: 'svc/harbour/lamp' },
  objects: [
    deployment('harbour', web('foghorn', 8155, { replicas: 1, ports: ports(18155), pod: pinned('node-b') })),
    lamp(),
    service('harbour', 'lamp', { selector: { app: 'lamp' }, ports: [{ port: 80, targetPort: 8155 }] }),
    client('harbour', { name: 'pilot' }),
  ],
  inject: [{ apply: [lamp(18155)] }],
  until: { get: ['events'], shows: /didn't have free ports/ },
  symptom: { at: { pod: 'pilot' }, request: http('lamp', 80), fails: 'always' },
  runs: [finds(['POD-01', 'POD-10'], { names: /free ports/, never: ['SVC-01', 'POD-03', 'SVC-03'] })],
};
