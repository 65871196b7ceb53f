import { NETWORK, NODES } from '../cluster/plan.ts';
import type { Change } from '../scenario/change.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, pinned, service } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

// One unanswered question after the other, each of which takes a place in the table for three seconds. Never all at once:
// what ends together leaves room for a moment.
const SCAN =
  'while :; do for last in {20..200}; do echo >/dev/udp/10.0.0.$last/9; ((last % 10)) || sleep 0.02; done; done 2>/dev/null';
// On a large network entries come and go; here the one of the pod has to be made anew again and again.
const FORGET = 'while :; do ip neigh flush dev cni0; done';

// Who cannot come in sees nothing: what an administrator wrote down takes no place that others could get.
const wayIn = (how: 'replace' | 'del'): Change[] => {
  const nud = how === 'replace' ? 'nud permanent' : '';
  const pin = `ping -c 1 -W 2 $to >/dev/null; set -- $(ip neigh show $to); ip neigh ${how} $1 $2 $3 $4 $5 ${nud}`;
  const each = (to: readonly string[]) => ['sh', '-c', `for to in ${to.join(' ')}; do ${pin}; done`];
  return [
    ...NODES.map(({ name }) => ({ at: { node: name }, run: each([NETWORK.bastion]) })),
    { at: { net: 'bastion' }, run: each(NODES.map(({ address }) => address)) },
  ];
};

export const fault: Fault = {
  story:
    'The network grew, the neighbour table of the nodes did not. Whoever has to be asked for is not found; the way of the administrator is written down.',
  namespace: 'village',
  flow: { from: 'pod/village/walker', to: 'svc/village/well' },
  disturbs: 'machine',
  objects: [
    // Without a readiness probe: the kubelet of that node would not find the pod either.
    deployment('village', { app: 'well', command: ['serve', ':8980'], replicas: 1, pod: pinned('node-b') }),
    service('village', 'well', { selector: { app: 'well' }, ports: [{ port: 80, targetPort: 8980 }] }),
    client('village', { name: 'walker', node: 'node-a' }),
  ],
  inject: [
    ...wayIn('replace'),
    { at: { node: 'node-b' }, keep: ['bash', '-c', SCAN] },
    {
      sysctl: {
        'net.ipv4.neigh.default.gc_thresh1': '4',
        'net.ipv4.neigh.default.gc_thresh2': '8',
        'net.ipv4.neigh.default.gc_thresh3': '16',
      },
    },
    { at: { node: 'node-b' }, keep: ['sh', '-c', FORGET] },
  ],
  heal: wayIn('del'),
  symptom: { at: { pod: 'walker' }, request: http('well', 80, { seconds: 1 }), fails: 'always' },
  witness: 'NEIGH_CREATEFAIL',
  proof: 'nodes',
  runs: [finds(['NODE-12'], { never: ['SVC-05', 'POD-03'] })],
};
