import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const boiler = (port: number) =>
  deployment(
    'spa',
    web('boiler', 8156, {
      replicas: 1,
      livenessProbe: { tcpSocket: { port }, periodSeconds: 1, failureThreshold: 1 },
    }),
  );

export const fault: Fault = {
  story: 'The liveness probe kept the old port after the move. The kubelet shoots a healthy server every two seconds.',
  namespace: 'spa',
  flow: { from: 'pod/spa/guest', to: 'svc/spa/boiler' },
  objects: [
    boiler(8156),
    service('spa', 'boiler', { selector: { app: 'boiler' }, ports: [{ port: 80, targetPort: 8156 }] }),
    client('spa', { name: 'guest' }),
  ],
  inject: [{ apply: [boiler(8065)] }],
  until: { get: ['pods', '-l', 'app=boiler'], shows: /CrashLoopBackOff/ },
  symptom: { at: { pod: 'guest' }, request: http('boiler', 80), fails: 'always' },
  runs: [finds(['POD-01'], { beside: ['POD-02', 'SVC-02'], never: ['SVC-01', 'POD-03', 'SVC-03'] })],
};
