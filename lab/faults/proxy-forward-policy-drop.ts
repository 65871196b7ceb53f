import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { freeze, thaw } from '../scenario/freeze.ts';
import { http } from '../scenario/requests.ts';

const iptables = (...words: string[]) => ({ at: { node: 'node-c' }, run: ['iptables', ...words] });

export const fault: Fault = {
  story:
    'Docker was started on one node and set the policy of FORWARD to DROP. flannel, which would have allowed the pods, hung at that time.',
  ...across({ namespace: 'toll', server: 'barrier', listens: 8325, client: 'coach', from: 'node-c', on: 'node-a' }),
  disturbs: 'cluster',
  // flannel puts its own rules back every few seconds.
  inject: [freeze('node-c', 'flanneld'), iptables('-P', 'FORWARD', 'DROP'), iptables('-F', 'FLANNEL-FWD')],
  heal: [iptables('-P', 'FORWARD', 'ACCEPT'), thaw('node-c', 'flanneld'), { restart: 'flannel', node: 'node-c' }],
  symptom: { at: { pod: 'coach' }, request: (facts) => http(facts.serviceIp('barrier'), 80), fails: 'always' },
  witness: 'NETFILTER_DROP',
  proof: 'nodes',
  runs: [finds(['KP-08'], { beside: ['CNI-15'], never: ['SVC-01', 'SVC-03', 'POD-03'] })],
};
