import { policyAgentWith } from '../addons/policy.ts';
import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import type { Manifest } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';
import { rolledOut } from '../scenario/rolled-out.ts';

const setting = across({ namespace: 'icehouse', server: 'cooler', listens: 8336, client: 'sculptor' });
const policy: Manifest = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'sculptors', namespace: 'icehouse' },
  spec: {
    podSelector: { matchLabels: { app: 'cooler' } },
    ingress: [{ from: [{ podSelector: { matchLabels: { app: 'sculptor' } } }] }],
  },
};
const rollout = rolledOut('kube-system', 'ds/kube-router');

export const fault: Fault = {
  story:
    'The new version of the policy agent judges the kubelet as it judges everybody. No probe comes through, so no pod with a policy is ready any more.',
  ...setting,
  on: ['doors'],
  disturbs: 'cluster',
  objects: [...setting.objects, policy],
  inject: [{ kubectl: policyAgentWith('--also-block-node') }, rollout],
  heal: [{ kubectl: policyAgentWith() }, rollout],
  symptom: { at: { pod: 'sculptor' }, request: http('cooler', 80, { seconds: 1 }), fails: 'always' },
  runs: [finds(['NP-11'], { beside: ['POD-02', 'SVC-02'], never: ['SVC-01', 'SVC-03', 'POD-03'] })],
};
