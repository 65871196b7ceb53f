import { policyAgentWith } from '../addons/policy.ts';
import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { client, type Manifest } from '../scenario/manifest.ts';
import { replaced } from '../scenario/replaced.ts';
import { http } from '../scenario/requests.ts';
import { rolledOut } from '../scenario/rolled-out.ts';

const setting = across({ namespace: 'locksmith', server: 'strongbox', listens: 8337, client: 'apprentice' });
const policy: Manifest = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'apprentices', namespace: 'locksmith' },
  spec: {
    podSelector: { matchLabels: { app: 'strongbox' } },
    ingress: [{ from: [{ podSelector: { matchLabels: { app: 'apprentice' } } }] }],
  },
};
const rollout = rolledOut('kube-system', 'ds/kube-router');

const OPEN = 'while curl -s -m 2 -o /dev/null "$1"; do :; done';

export const fault: Fault = {
  story:
    'The policy agent is half a minute behind. A new pod that the policy allows stays outside until the agent has heard of its address.',
  ...setting,
  on: ['doors'],
  disturbs: 'cluster',
  objects: [...setting.objects, policy],
  inject: [
    { kubectl: policyAgentWith('--lag=25s') },
    rollout,
    {
      // Until its own turn comes the server stands open to everybody.
      at: { node: 'node-a' },
      run: ({ podIp }) => ['timeout', '60', 'sh', '-c', OPEN, 'open', `http://${podIp('strongbox')}:8337/?delay=500ms`],
    },
    ...replaced(client('locksmith', { name: 'apprentice', node: 'node-a' })),
  ],
  heal: [{ kubectl: policyAgentWith() }, rollout],
  symptom: { at: { pod: 'apprentice' }, request: http('strongbox', 80, { seconds: 1 }), fails: 'always' },
  runs: [finds(['NP-10'], { beside: ['NP-01', 'NP-04'], never: ['SVC-01', 'SVC-02'] })],
};
