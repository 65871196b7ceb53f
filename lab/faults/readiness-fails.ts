import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const readinessProbe = {
  exec: { command: ['test', '!', '-e', '/tmp/draining'] },
  periodSeconds: 1,
  failureThreshold: 2,
};

export const fault: Fault = {
  story: 'A maintenance script left its drain marker behind in every pod: all run, none is ready.',
  namespace: 'orders',
  flow: { from: 'pod/orders/checkout', to: 'svc/orders/orders-api:8000' },
  objects: [
    deployment('orders', web('orders-api', 9000, { readinessProbe })),
    service('orders', 'orders-api', { selector: { app: 'orders-api' }, ports: [{ port: 8000, targetPort: 9000 }] }),
    client('orders', { name: 'checkout' }),
  ],
  inject: [{ inPods: 'app=orders-api', run: ['touch', '/tmp/draining'] }],
  heal: [{ inPods: 'app=orders-api', run: ['rm', '/tmp/draining'] }],
  symptom: { at: { pod: 'checkout' }, request: http('orders-api', 8000), fails: 'always' },
  runs: [finds(['POD-02', 'SVC-02'], { certainty: ['certain'], never: ['SVC-01', 'SVC-03', 'POD-01'] })],
};
