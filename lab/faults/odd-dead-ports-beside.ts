import { type Fault, staysFree } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story:
    'Seven ports, three of them named alike but for a digit, two pointing at the same container. One is asked for.',
  namespace: 'switchboard',
  flow: { from: 'pod/switchboard/caller', to: 'svc/switchboard/lines:7003' },
  objects: [
    deployment('switchboard', web('lines', 8176, { replicas: 1 })),
    service('switchboard', 'lines', {
      selector: { app: 'lines' },
      ports: [1, 2, 3, 4, 5, 6, 7].map((line) => ({
        name: `line-${line}`,
        port: 7000 + line,
        targetPort: line === 3 ? 'http' : 9000 + line,
      })),
    }),
    client('switchboard', { name: 'caller' }),
  ],
  inject: [],
  symptom: { at: { pod: 'caller' }, request: http('lines', 7003), fails: 'never' },
  runs: [staysFree],
};
