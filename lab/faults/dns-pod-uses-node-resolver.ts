import { TOOLS } from '../build/images.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { replaced } from '../scenario/replaced.ts';
import { resolves } from '../scenario/requests.ts';

const fox = (pod: object) => client('forest', { name: 'fox', image: TOOLS, pod });

export const fault: Fault = {
  story: 'A dnsPolicy of Default sounds harmless. It means the resolver of the node, which knows no Service.',
  namespace: 'forest',
  flow: { from: 'pod/forest/fox', to: 'svc/forest/den' },
  objects: [
    deployment('forest', web('den', 8142, { replicas: 1 })),
    service('forest', 'den', { selector: { app: 'den' }, ports: [{ port: 80, targetPort: 8142 }] }),
    fox({}),
  ],
  inject: replaced(fox({ dnsPolicy: 'Default' })),
  heal: replaced(fox({})),
  symptom: { at: { pod: 'fox' }, request: resolves('den.forest.svc.cluster.local'), fails: 'always' },
  runs: [finds(['DNS-10'], { never: ['SVC-01', 'DNS-01'] })],
};
