import { TOOLS } from '../build/images.ts';
import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { query } from '../scenario/requests.ts';

const rule = (verb: '-I' | '-D') => [
  'iptables',
  '-t',
  'raw',
  verb,
  'PREROUTING',
  '-i',
  'cni0',
  '-p',
  'udp',
  '--dport',
  '53',
  '-j',
  'DROP',
];

export const fault: Fault = {
  story: 'A rule against DNS tunnels drops UDP 53 of all pods of one node. Over TCP the same names are found.',
  ...across({ namespace: 'delta', server: 'reed', listens: 8145, client: 'heron', image: TOOLS }),
  disturbs: 'cluster',
  inject: [{ at: { node: 'node-a' }, run: rule('-I') }],
  heal: [{ at: { node: 'node-a' }, run: rule('-D') }],
  symptom: { at: { pod: 'heron' }, request: query('reed.delta.svc.cluster.local', '10.96.0.10'), fails: 'always' },
  witness: 'NETFILTER_DROP',
  runs: [finds(['DNS-13'], { beside: ['NP-03', 'DNS-21'], never: ['DNS-22', 'SVC-01', 'POD-03'] })],
};
