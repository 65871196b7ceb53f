import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const invoices = (image: string) => deployment('billing', web('invoices', 8080, { image }));

export const fault: Fault = {
  story: 'The release was tagged before the image was pushed.',
  namespace: 'billing',
  flow: { from: 'pod/billing/portal', to: 'svc/billing/invoices' },
  objects: [
    invoices('lab.local/busybox:1'),
    service('billing', 'invoices', { selector: { app: 'invoices' }, ports: [{ port: 80, targetPort: 8080 }] }),
    client('billing', { name: 'portal' }),
  ],
  inject: [{ apply: [invoices('lab.local/invoices:2.4.1')] }],
  until: { get: ['pods', '-l', 'app=invoices'], shows: /ImagePullBackOff/ },
  symptom: { at: { pod: 'portal' }, request: http('invoices', 80), fails: 'always' },
  runs: [
    finds(['POD-01'], { certainty: ['certain'], never: ['SVC-01', 'SVC-03', 'POD-03'] }),
    { as: 'noexec', level: 'observe', expect: { exit: 3, result: 'fault', top: ['POD-01'], never: ['SVC-01'] } },
  ],
};
