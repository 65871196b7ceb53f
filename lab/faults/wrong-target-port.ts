import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const gateway = (targetPort: number) =>
  service('payments', 'gateway', { selector: { app: 'gateway' }, ports: [{ name: 'api', port: 443, targetPort }] });

export const fault: Fault = {
  story: 'The gateway moved to port 8443 in the next release; the Service moved with this one.',
  namespace: 'payments',
  flow: { from: 'pod/payments/billing-run', to: 'svc/payments/gateway:api' },
  objects: [deployment('payments', web('gateway', 8080)), gateway(8080), client('payments', { name: 'billing-run' })],
  inject: [{ apply: [gateway(8443)] }],
  symptom: { at: { pod: 'billing-run' }, request: http('gateway.payments', 443), fails: 'always' },
  runs: [
    finds(['SVC-03'], { never: ['SVC-01', 'SVC-02', 'DNS-22'] }),
    {
      as: 'viewer',
      expect: { exit: 5, result: 'inconclusive', top: ['SVC-03'], certainty: ['possible'], names: /pods\/exec/ },
    },
  ],
};
