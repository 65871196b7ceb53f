import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import type { Manifest } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const policy: Manifest = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'restricted', namespace: 'circus' },
  spec: {
    podSelector: { matchLabels: { app: 'ring' } },
    ingress: [
      {
        from: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } },
            podSelector: { matchLabels: { app: 'acrobat' } },
          },
        ],
      },
    ],
  },
};

export const fault: Fault = {
  story:
    'Two selectors stand in one item of the list where two items were meant: only pods of the other namespace with this label may come in.',
  ...across({ namespace: 'circus', server: 'ring', listens: 8136, client: 'acrobat' }),
  on: ['doors'],
  inject: [{ apply: [policy] }],
  heal: [{ remove: 'networkpolicy restricted' }],
  symptom: { at: { pod: 'acrobat' }, request: http('ring', 80, { seconds: 1 }), fails: 'always' },
  runs: [finds(['NP-06', 'NP-04'], { beside: ['NP-01', 'NP-04', 'NP-06'], never: ['SVC-01', 'SVC-02'] })],
};
