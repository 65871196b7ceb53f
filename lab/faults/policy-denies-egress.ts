import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import type { Manifest } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const policy: Manifest = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'restricted', namespace: 'abbey' },
  spec: {
    podSelector: { matchLabels: { app: 'monk' } },
    policyTypes: ['Egress'],
    egress: [{ ports: [{ protocol: 'UDP', port: 53 }] }],
  },
};

export const fault: Fault = {
  story: 'Egress was closed for the whole namespace; the database was forgotten among the exceptions, DNS was not.',
  ...across({ namespace: 'abbey', server: 'cellar', listens: 8132, client: 'monk' }),
  on: ['doors'],
  inject: [{ apply: [policy] }],
  heal: [{ remove: 'networkpolicy restricted' }],
  symptom: { at: { pod: 'monk' }, request: http('cellar', 80, { seconds: 1 }), fails: 'always' },
  runs: [
    finds(['NP-02'], { beside: [], never: ['SVC-01', 'SVC-02'] }),
    // The counter of the rule that refuses it is what proves it.
    { ...finds(['NP-02'], { certainty: ['certain'], beside: [], never: ['SVC-01', 'SVC-02'] }), level: 'node' },
  ],
};
