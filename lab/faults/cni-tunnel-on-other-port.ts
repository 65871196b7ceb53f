import { across } from '../scenario/across.ts';
import type { Change } from '../scenario/change.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

// As the documentation of flannel wants it: it keeps an old port until its device is gone.
const backend = (settings: string): Change[] => [
  {
    kubectl: [
      ...['-n', 'kube-flannel', 'patch', 'configmap', 'kube-flannel-cfg', '--type=merge', '-p'],
      JSON.stringify({
        data: { 'net-conf.json': `{"Network":"10.244.0.0/16","EnableNFTables":false,"Backend":{${settings}}}` },
      }),
    ],
  },
  { at: { node: 'node-b' }, run: ['ip', 'link', 'del', 'flannel.1'] },
  { restart: 'flannel', node: 'node-b' },
];

export const fault: Fault = {
  story:
    'The tunnel was to move to the port of the standard. The rollout stopped after the first node, and neither side understands the other.',
  ...across({ namespace: 'ferryhouse', server: 'quay', listens: 8350, client: 'docker', on: 'node-b' }),
  disturbs: 'cluster',
  inject: backend('"Type":"vxlan","Port":4789'),
  heal: backend('"Type":"vxlan"'),
  symptom: { at: { pod: 'docker' }, request: http('quay', 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['CNI-16'], { beside: ['CNI-12'], never: ['SVC-01', 'SVC-03', 'POD-03'] })],
};
