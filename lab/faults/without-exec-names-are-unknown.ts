import { TOOLS } from '../build/images.ts';
import type { Fault } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { replaced } from '../scenario/replaced.ts';
import { resolves } from '../scenario/requests.ts';

const sculptor = (pod: object) => client('quay', { name: 'sculptor', image: TOOLS, pod });
const lost = { dnsPolicy: 'None', dnsConfig: { nameservers: ['10.96.0.91'] } };

export const fault: Fault = {
  story: 'The resolver of the pod is wrong, and nobody on call may exec into it. What was not tried is not fine.',
  namespace: 'quay',
  flow: { from: 'pod/quay/sculptor', to: 'svc/quay/marble' },
  objects: [
    deployment('quay', web('marble', 8194, { replicas: 1 })),
    service('quay', 'marble', { selector: { app: 'marble' }, ports: [{ port: 80, targetPort: 8194 }] }),
    sculptor({}),
  ],
  inject: replaced(sculptor(lost)),
  heal: replaced(sculptor({})),
  symptom: { at: { pod: 'sculptor' }, request: resolves('marble.quay.svc.cluster.local'), fails: 'always' },
  runs: [
    {
      as: 'viewer',
      expect: { exit: 5, result: 'inconclusive', never: ['SVC-01', 'SVC-03', 'DNS-01'], names: /pods\/exec/ },
    },
  ],
};
