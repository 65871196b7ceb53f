import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import type { Manifest } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const setting = across({ namespace: 'velodrome', server: 'sprinter', listens: 8340, client: 'coach' });
const policy = (endPort: number): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'game-ports', namespace: 'velodrome' },
  spec: {
    podSelector: { matchLabels: { app: 'sprinter' } },
    ingress: [{ ports: [{ protocol: 'TCP', port: 8330, endPort }] }],
  },
});

export const fault: Fault = {
  story: 'The policy allows a range of ports, and whoever wrote it thought that the last one does not count.',
  ...setting,
  on: ['doors'],
  objects: [...setting.objects, policy(8340)],
  inject: [{ apply: [policy(8339)] }],
  symptom: { at: { pod: 'coach' }, request: http('sprinter', 80, { seconds: 1 }), fails: 'always' },
  runs: [finds(['NP-05'], { beside: ['NP-01', 'NP-04'], never: ['SVC-01', 'SVC-02'] })],
};
