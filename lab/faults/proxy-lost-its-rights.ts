import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';
import { rolledOut } from '../scenario/rolled-out.ts';

const binding = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: 'kubeadm:node-proxier' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:node-proxier' },
  subjects: [{ kind: 'ServiceAccount', name: 'kube-proxy', namespace: 'kube-system' }],
};

export const fault: Fault = {
  story:
    'An audit removed a role binding that nobody could explain. kube-proxy kept its open watches; on the node that restarted it sees nothing any more.',
  ...across({ namespace: 'chancery', server: 'seal', listens: 8321, client: 'scribe', from: 'node-c', on: 'node-a' }),
  disturbs: 'cluster',
  inject: [
    { kubectl: ['delete', 'clusterrolebinding', 'kubeadm:node-proxier'] },
    { restart: 'kube-proxy', node: 'node-c' },
    { kubectl: ['-n', 'chancery', 'rollout', 'restart', 'deploy/seal'] },
    rolledOut('chancery', 'deploy/seal'),
  ],
  heal: [{ apply: [binding] }, { restart: 'kube-proxy' }],
  symptom: { at: { pod: 'scribe' }, request: http('seal', 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['KP-02'], { beside: ['KP-01'], never: ['SVC-01', 'SVC-02', 'SVC-03', 'POD-03'] })],
};
