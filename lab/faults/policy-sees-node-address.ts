import { across } from '../scenario/across.ts';
import { fromOutside } from '../scenario/doors.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { type Manifest, service } from '../scenario/manifest.ts';

const setting = across({ namespace: 'tollgate', server: 'collector', listens: 8333, client: 'carter' });
const policy: Manifest = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'partners', namespace: 'tollgate' },
  spec: {
    podSelector: { matchLabels: { app: 'collector' } },
    ingress: [{ from: [{ podSelector: {} }, { ipBlock: { cidr: '198.51.100.0/24' } }] }],
  },
};

export const fault: Fault = {
  story:
    'The policy lets in the addresses of the partner. Through the node port of another node they arrive with the address of that node, and nobody allowed it.',
  ...setting,
  flow: { from: 'outside/ip/198.51.100.7', to: 'node/node-a:31334' },
  on: ['doors'],
  objects: [
    ...setting.objects,
    service('tollgate', 'collector', {
      type: 'NodePort',
      selector: { app: 'collector' },
      ports: [{ port: 80, targetPort: 8333, nodePort: 31_334 }],
    }),
  ],
  inject: [{ apply: [policy] }],
  heal: [{ remove: 'networkpolicy partners' }],
  symptom: {
    at: { net: 'ext' },
    request: fromOutside('10.0.0.11', 31_334),
    fails: 'always',
  },
  proof: 'nodes',
  runs: [finds(['NP-08'], { beside: ['CNI-24'], never: ['NP-01', 'KP-02', 'KP-11', 'SVC-08'] })],
};
