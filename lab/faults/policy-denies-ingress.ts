import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import type { Manifest } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const policy: Manifest = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'restricted', namespace: 'treasury' },
  spec: { podSelector: {}, policyTypes: ['Ingress'] },
};

export const fault: Fault = {
  story:
    'A template for new namespaces brought a policy that lets nobody in, and the list of exceptions came a day later.',
  ...across({ namespace: 'treasury', server: 'coffer', listens: 8131, client: 'minister' }),
  on: ['doors'],
  inject: [{ apply: [policy] }],
  heal: [{ remove: 'networkpolicy restricted' }],
  symptom: { at: { pod: 'minister' }, request: http('coffer', 80, { seconds: 1 }), fails: 'always' },
  runs: [
    finds(['NP-01'], { beside: ['NP-04'], never: ['SVC-01', 'SVC-02'] }),
    // Of the kinds that administrators may write policies in, none is installed, and none may be read.
    {
      ...finds(['NP-01'], { certainty: ['probable'], beside: ['NP-04'], never: ['SVC-01', 'SVC-02'] }),
      ...{ as: 'viewer', level: 'observe' },
    },
    // The counter of the rule that refuses it is what proves it.
    { ...finds(['NP-01'], { certainty: ['certain'], beside: ['NP-04'], never: ['SVC-01', 'SVC-02'] }), level: 'node' },
  ],
};
