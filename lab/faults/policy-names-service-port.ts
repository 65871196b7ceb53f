import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import type { Manifest } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const policy: Manifest = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'restricted', namespace: 'castle' },
  spec: {
    podSelector: { matchLabels: { app: 'gatehouse' } },
    ingress: [{ ports: [{ port: 80 }] }],
  },
};

export const fault: Fault = {
  story: 'The policy allows port 80, as the Service has it. The pods listen on another, and it is theirs that counts.',
  ...across({ namespace: 'castle', server: 'gatehouse', listens: 8134, client: 'herald' }),
  on: ['doors'],
  inject: [{ apply: [policy] }],
  heal: [{ remove: 'networkpolicy restricted' }],
  symptom: { at: { pod: 'herald' }, request: http('gatehouse', 80, { seconds: 1 }), fails: 'always' },
  runs: [finds(['NP-05'], { beside: ['NP-01', 'NP-04'], never: ['SVC-01', 'SVC-02'] })],
};
