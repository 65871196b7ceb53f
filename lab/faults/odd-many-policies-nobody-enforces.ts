import { type Fault, staysFree } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const deny = (name: string, policyTypes: readonly string[]) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: 'senate' },
  spec: { podSelector: {}, policyTypes },
});

export const fault: Fault = {
  story: 'Policies deny everything in both directions, also DNS. The CNI of this cluster has never read one.',
  namespace: 'senate',
  flow: { from: 'pod/senate/member', to: 'svc/senate/minutes' },
  objects: [
    deployment('senate', web('minutes', 8124, { replicas: 1 })),
    service('senate', 'minutes', { selector: { app: 'minutes' }, ports: [{ port: 80, targetPort: 8124 }] }),
    client('senate', { name: 'member' }),
    deny('deny-in', ['Ingress']),
    deny('deny-out', ['Egress']),
  ],
  inject: [],
  symptom: { at: { pod: 'member' }, request: http('minutes', 80), fails: 'never' },
  runs: [staysFree],
};
