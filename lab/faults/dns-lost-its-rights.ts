import { across } from '../scenario/across.ts';
import type { Change } from '../scenario/change.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import type { Manifest } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const binding: Manifest = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: 'system:coredns' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:coredns' },
  subjects: [{ kind: 'ServiceAccount', name: 'coredns', namespace: 'kube-system' }],
};
const setting = across({ namespace: 'registry-office', server: 'clerk', listens: 8751, client: 'bride' });
const clerk = setting.objects.find(({ kind }) => kind === 'Service') as Manifest;

// As when the API server is started anew: all watches end, and every reader lists again.
const watchesEnd: Change = { at: { net: 'cp' }, run: ['ss', '-K', '-tn', 'sport', '=', ':6443'] };

export const fault: Fault = {
  story:
    'The binding of the cluster DNS was taken for a leftover. It went on with what it knew; a Service that was made anew keeps its old address there.',
  ...setting,
  disturbs: 'cluster',
  inject: [{ kubectl: ['delete', 'clusterrolebinding', 'system:coredns'] }, watchesEnd, { recreate: [clerk] }],
  heal: [{ apply: [binding] }, { restart: 'coredns' }],
  symptom: { at: { pod: 'bride' }, request: http('clerk', 80), fails: 'always' },
  runs: [finds(['DNS-16'], { never: ['DNS-01', 'DNS-17', 'DNS-22', 'SVC-01', 'SVC-02', 'POD-03'] })],
};
