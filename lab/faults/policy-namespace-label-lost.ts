import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import type { Manifest } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const setting = across({ namespace: 'pontoon', server: 'boathouse', listens: 8331, client: 'rower' });
const policy: Manifest = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'from-clubs', namespace: 'pontoon' },
  spec: {
    podSelector: { matchLabels: { app: 'boathouse' } },
    ingress: [{ from: [{ namespaceSelector: { matchLabels: { club: 'yes' } } }] }],
  },
};
const labelled: Manifest = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'pontoon', labels: { club: 'yes' } },
};

export const fault: Fault = {
  story: 'The namespace was made anew without the label by which the policy knows its callers.',
  ...setting,
  on: ['doors'],
  objects: [labelled, ...setting.objects, policy],
  inject: [{ kubectl: ['label', 'namespace', 'pontoon', 'club-'] }],
  heal: [{ apply: [labelled] }],
  symptom: { at: { pod: 'rower' }, request: http('boathouse', 80, { seconds: 1 }), fails: 'always' },
  runs: [finds(['NP-04'], { beside: ['NP-01'], never: ['SVC-01', 'SVC-02'] })],
};
