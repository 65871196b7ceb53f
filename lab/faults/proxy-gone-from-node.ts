import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';
import { rolledOut } from '../scenario/rolled-out.ts';

const setting = across({ namespace: 'dovecote', server: 'perch', listens: 8360, client: 'pigeon', from: 'node-c' });
const nodesOf = (allowed: string) => ({
  kubectl: [
    ...['-n', 'kube-system', 'patch', 'ds', 'kube-proxy', '--type=json', '-p'],
    `[{"op":"${allowed === '' ? 'remove' : 'add'}","path":"/spec/template/spec/affinity"${allowed}}]`,
  ],
});
const AFFINITY =
  ',"value":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"kubernetes.io/hostname","operator":"NotIn","values":["node-c"]}]}]}}}';
const proxiesAreNew = rolledOut('kube-system', 'ds/kube-proxy');
const GONE = ['--field-selector', 'spec.nodeName=node-c', '--timeout=60s'];

export const fault: Fault = {
  story:
    'One node was to try another proxy, and kube-proxy was kept away from it. The other one never came; a Service made since then is unknown there.',
  ...setting,
  disturbs: 'cluster',
  inject: [
    nodesOf(AFFINITY),
    { kubectl: ['-n', 'kube-system', 'wait', '--for=delete', 'pods', '-l', 'k8s-app=kube-proxy', ...GONE] },
    proxiesAreNew,
    { recreate: setting.objects.filter(({ kind }) => kind === 'Service') },
  ],
  heal: [nodesOf(''), proxiesAreNew],
  symptom: { at: { pod: 'pigeon' }, request: http('perch', 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['KP-01'], { never: ['SVC-01', 'SVC-02', 'SVC-03', 'POD-03'] })],
};
