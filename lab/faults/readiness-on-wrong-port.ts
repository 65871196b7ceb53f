import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const kiln = (port: number) =>
  deployment('pottery', web('kiln', 8113, { replicas: 1, readinessProbe: { tcpSocket: { port }, periodSeconds: 1 } }));

export const fault: Fault = {
  story: 'The server runs and answers, but its readiness is asked at the port it had last year.',
  namespace: 'pottery',
  flow: { from: 'pod/pottery/glazer', to: 'svc/pottery/kiln' },
  objects: [
    kiln(8113),
    service('pottery', 'kiln', { selector: { app: 'kiln' }, ports: [{ port: 80, targetPort: 8113 }] }),
    client('pottery', { name: 'glazer' }),
  ],
  inject: [{ apply: [kiln(8013)] }],
  symptom: { at: { pod: 'glazer' }, request: http('kiln', 80), fails: 'always' },
  runs: [finds(['POD-02'], { beside: ['SVC-02'], never: ['SVC-01', 'POD-03', 'SVC-03'] })],
};
