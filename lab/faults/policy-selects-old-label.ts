import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import type { Manifest } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const policy: Manifest = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'restricted', namespace: 'orchestra' },
  spec: {
    podSelector: { matchLabels: { app: 'stand' } },
    ingress: [{ from: [{ podSelector: { matchLabels: { app: 'strings' } } }] }],
  },
};

export const fault: Fault = {
  story: 'The callers were relabelled; the policy still lets in only those with the old name.',
  ...across({ namespace: 'orchestra', server: 'stand', listens: 8135, client: 'violin' }),
  on: ['doors'],
  inject: [{ apply: [policy] }],
  heal: [{ remove: 'networkpolicy restricted' }],
  symptom: { at: { pod: 'violin' }, request: http('stand', 80, { seconds: 1 }), fails: 'always' },
  runs: [finds(['NP-04'], { beside: ['NP-01'], never: ['SVC-01', 'SVC-02'] })],
};
