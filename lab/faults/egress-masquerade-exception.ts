import { findsAs } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import { client, type Manifest } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const settings = (ranges: readonly string[]) =>
  ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'ip-masq-agent', namespace: 'kube-system' },
    data: { config: ['nonMasqueradeCIDRs:', ...ranges.map((range) => `- ${range}`), 'resyncInterval: 60s'].join('\n') },
  }) as Manifest;
// What ip-masq-agent makes of it, ahead of the rules of flannel.
const RULE = ['POSTROUTING', '-d', '198.51.100.0/24', '-j', 'ACCEPT'];

export const fault: Fault = {
  story:
    'The list of networks that know the pods was taken over from another cluster. The partner is on it, and knows nothing of these pods.',
  namespace: 'dairy',
  flow: { from: 'pod/dairy/milkmaid', to: 'ip/198.51.100.7:80' },
  on: ['doors'],
  disturbs: 'cluster',
  objects: [client('dairy', { name: 'milkmaid', node: 'node-b' })],
  inject: [
    { apply: [settings(['10.244.0.0/16', '198.51.100.0/24'])] },
    { at: { node: 'node-b' }, run: ['iptables', '-w', '-t', 'nat', '-I', ...RULE] },
  ],
  heal: [
    { at: { node: 'node-b' }, run: ['iptables', '-w', '-t', 'nat', '-D', ...RULE] },
    { kubectl: ['-n', 'kube-system', 'delete', 'configmap', 'ip-masq-agent'] },
  ],
  symptom: { at: { pod: 'milkmaid' }, request: http('198.51.100.7', 80, { seconds: 1 }), fails: 'always' },
  proof: 'nodes',
  runs: [findsAs('egress-fails', ['EGR-06'], { beside: ['EGR-01'], never: ['NODE-03'] })],
};
