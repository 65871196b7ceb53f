import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import type { Manifest } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const policy: Manifest = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'restricted', namespace: 'harvest' },
  spec: {
    podSelector: { matchLabels: { app: 'reaper' } },
    policyTypes: ['Egress'],
    egress: [{ to: [{ podSelector: {} }] }],
  },
};

export const fault: Fault = {
  story: 'Egress is allowed to the shop and to nothing else: names are looked up by UDP 53, and nobody thought of it.',
  ...across({ namespace: 'harvest', server: 'barn', listens: 8133, client: 'reaper' }),
  on: ['doors'],
  inject: [{ apply: [policy] }],
  heal: [{ remove: 'networkpolicy restricted' }],
  symptom: { at: { pod: 'reaper' }, request: http('barn', 80, { seconds: 1 }), fails: 'always' },
  runs: [finds(['NP-03'], { beside: ['NP-02'], never: ['SVC-01', 'SVC-02'] })],
};
