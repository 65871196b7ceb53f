import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { client, type Manifest } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const setting = across({ namespace: 'brickyard', server: 'stove', listens: 8332, client: 'stoker' });
const policy: Manifest = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'stokers-only', namespace: 'brickyard' },
  spec: {
    podSelector: { matchLabels: { app: 'stove' } },
    ingress: [{ from: [{ podSelector: { matchLabels: { app: 'stoker' } } }] }],
  },
};
const pod = { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' };

export const fault: Fault = {
  story:
    'The policy selects the caller by its label, but the caller uses the network of its node, and then no selector matches it.',
  ...setting,
  on: ['doors'],
  objects: [...setting.objects.slice(0, -1), client('brickyard', { name: 'stoker', node: 'node-a', pod })],
  inject: [{ apply: [policy] }],
  heal: [{ remove: 'networkpolicy stokers-only' }],
  symptom: { at: { pod: 'stoker' }, request: http('stove', 80, { seconds: 1 }), fails: 'always' },
  runs: [finds(['NP-07'], { beside: ['NP-01', 'NP-04', 'NP-08'], never: ['SVC-01', 'SVC-02'] })],
};
