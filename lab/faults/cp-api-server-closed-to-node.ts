import { type Fault, finds } from '../scenario/fault.ts';
import { client } from '../scenario/manifest.ts';
import { connects } from '../scenario/requests.ts';

// Connections that are open already go on, so that the node itself stays Ready.
const rule = (verb: '-I' | '-D') => [
  'iptables',
  '-w',
  verb,
  'INPUT',
  '-s',
  '10.0.0.13',
  '-p',
  'tcp',
  '--dport',
  '6443',
  '--syn',
  '-j',
  'DROP',
];

export const fault: Fault = {
  story:
    'The firewall before the API server forgot one node. Its kubelet goes on with the connection that it has; whatever starts there does not reach the API.',
  namespace: 'skerry',
  flow: { from: 'pod/skerry/keeper', to: 'svc/default/kubernetes:443' },
  disturbs: 'cluster',
  objects: [client('skerry', { name: 'keeper', node: 'node-c' })],
  inject: [{ at: { net: 'cp' }, run: rule('-I') }],
  heal: [{ at: { net: 'cp' }, run: rule('-D') }],
  symptom: {
    at: { pod: 'keeper' },
    request: connects('kubernetes.default.svc.cluster.local', 443),
    fails: 'always',
  },
  witness: 'NETFILTER_DROP',
  runs: [
    finds(['CP-01'], { certainty: ['probable'], never: ['SVC-06', 'SVC-01', 'NODE-03'] }),
    { ...finds(['CP-01'], { certainty: ['probable'], never: ['SVC-06', 'KP-08', 'KP-02'] }), level: 'node' },
  ],
};
