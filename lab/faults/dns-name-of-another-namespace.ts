import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, namespace, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const ovens = (where: string) =>
  service(where, 'ovens', { selector: { app: 'ovens' }, ports: [{ port: 80, targetPort: 8187 }] });

export const fault: Fault = {
  story: 'The team moved its servers to a namespace of their own. The caller still says the short name.',
  namespace: 'patisserie',
  flow: { from: 'pod/patisserie/apprentice', to: 'svc/patisserie/ovens' },
  objects: [
    deployment('patisserie', web('ovens', 8187, { replicas: 1 })),
    ovens('patisserie'),
    client('patisserie', { name: 'apprentice' }),
  ],
  inject: [
    { apply: [namespace('patisserie-heat')] },
    { apply: [deployment('patisserie-heat', web('ovens', 8187, { replicas: 1 })), ovens('patisserie-heat')] },
    { remove: 'service ovens' },
  ],
  heal: [{ apply: [ovens('patisserie')] }, { kubectl: ['delete', 'namespace', 'patisserie-heat', '--wait=false'] }],
  symptom: { at: { pod: 'apprentice' }, request: http('ovens', 80), fails: 'always' },
  runs: [finds(['DNS-22'], { names: /patisserie-heat/, never: ['SVC-01', 'DNS-01', 'DNS-10', 'DNS-16'] })],
};
