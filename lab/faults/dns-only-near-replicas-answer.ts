import { TOOLS } from '../build/images.ts';
import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { query } from '../scenario/requests.ts';
import { rolledOut } from '../scenario/rolled-out.ts';

// In the bridge of the underlay, so no node can see the rule, as with a security group.
const DROP = 'table bridge cloud { chain forward { type filter hook forward priority 0; udp dport 8472 drop; }; }';
const scaled = (count: number) => [
  { kubectl: ['-n', 'kube-system', 'scale', 'deploy/coredns', `--replicas=${count}`] },
  rolledOut('kube-system', 'deploy/coredns'),
];

export const fault: Fault = {
  story:
    'Two of three lookups fail, so it must be DNS. It is the tunnel: the replica on the own node answers, those on others never hear of it.',
  ...across({
    namespace: 'heliograph',
    server: 'signal',
    listens: 8151,
    client: 'signalman',
    on: 'node-a',
    image: TOOLS,
  }),
  disturbs: 'cluster',
  inject: [...scaled(3), { at: { net: 'underlay' }, run: ['nft', DROP] }],
  heal: [{ at: { net: 'underlay' }, run: ['nft', 'delete', 'table', 'bridge', 'cloud'] }, ...scaled(2)],
  symptom: {
    at: { pod: 'signalman' },
    request: query('signal.heliograph.svc.cluster.local', '10.96.0.10'),
    fails: 'sometimes',
  },
  witness: 'NETFILTER_DROP',
  runs: [
    { ...finds(['DNS-21'], { beside: ['CNI-11'], never: ['DNS-01', 'DNS-22', 'DNS-03'] }), flags: ['dns-fails'] },
    { ...finds(['DNS-21'], { beside: ['CNI-11'], never: ['DNS-01', 'DNS-22'] }), level: 'node', flags: ['dns-fails'] },
  ],
};
