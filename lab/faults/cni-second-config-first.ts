import { across } from '../scenario/across.ts';
import type { Change } from '../scenario/change.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';
import { rolledOut } from '../scenario/rolled-out.ts';

const OLD = '/etc/cni/net.d/05-bridge.conflist';
const BRIDGE = JSON.stringify({
  cniVersion: '0.3.1',
  name: 'trial',
  plugins: [
    {
      ...{ type: 'bridge', bridge: 'trial0', isGateway: true, ipMasq: true },
      ipam: { type: 'host-local', ranges: [[{ subnet: '172.29.4.0/24' }]], routes: [{ dst: '0.0.0.0/0' }] },
    },
  ],
});

const another: Change[] = [
  { kubectl: ['-n', 'pigeon-loft', 'delete', 'pods', '-l', 'app=pigeon', '--grace-period=1'] },
  rolledOut('pigeon-loft', 'deploy/pigeon'),
];

export const fault: Fault = {
  story:
    'Somebody tried a bridge of their own on one node and left its file behind. Its name comes first, so the next Pod there got an address that no other node knows.',
  ...across({ namespace: 'pigeon-loft', server: 'pigeon', listens: 8349, client: 'fancier', on: 'node-c' }),
  disturbs: 'cluster',
  inject: [{ at: { node: 'node-c' }, run: ['sh', '-c', `printf %s '${BRIDGE}' >${OLD}`] }, ...another],
  heal: [
    { at: { node: 'node-c' }, run: ['rm', OLD] },
    ...another,
    { at: { node: 'node-c' }, run: ['ip', 'link', 'del', 'trial0'] },
  ],
  symptom: { at: { pod: 'fancier' }, request: http('pigeon', 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['CNI-09'], { beside: ['CNI-05', 'CNI-14'], never: ['SVC-01', 'SVC-03', 'POD-03'] })],
};
