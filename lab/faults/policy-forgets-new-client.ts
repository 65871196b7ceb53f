import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { client, type Manifest } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const policy: Manifest = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'listed-clients', namespace: 'smokehouse' },
  spec: {
    podSelector: { matchLabels: { app: 'oven' } },
    ingress: [{ from: [{ podSelector: { matchLabels: { app: 'baker' } } }] }],
  },
};

const ground = across({ namespace: 'smokehouse', server: 'oven', listens: 8158, client: 'apprentice' });

export const fault: Fault = {
  story: 'The list of who may reach the oven knows the baker; nobody thought of the apprentice.',
  ...ground,
  objects: [...ground.objects, client('smokehouse', { name: 'baker', node: 'node-a' })],
  on: ['doors'],
  inject: [{ apply: [policy] }],
  heal: [{ remove: 'networkpolicy listed-clients' }],
  symptom: { at: { pod: 'apprentice' }, request: http('oven', 80, { seconds: 1 }), fails: 'always' },
  // Without a look at any node: the baker beside it gets through, as the policy says.
  runs: [finds(['NP-04'], { certainty: ['certain'], beside: ['NP-01'], never: ['SVC-01', 'SVC-02'] })],
  repairs: true,
};
