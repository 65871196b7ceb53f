import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const mail = (name: string) =>
  service('notify', name, { selector: { app: 'mail' }, ports: [{ port: 2525, targetPort: 2525 }] });

export const fault: Fault = {
  story: 'The Service was renamed, one caller was not told.',
  namespace: 'notify',
  flow: { from: 'pod/notify/newsletter', to: 'svc/notify/mailer:2525' },
  objects: [deployment('notify', web('mail', 2525)), mail('mailer'), client('notify', { name: 'newsletter' })],
  inject: [{ apply: [mail('mailer-v2')] }, { remove: 'service mailer' }],
  symptom: { at: { pod: 'newsletter' }, request: http('mailer', 2525), fails: 'always' },
  runs: [finds(['DNS-22'], { never: ['SVC-01', 'POD-03'], names: /mailer-v2/ })],
};
