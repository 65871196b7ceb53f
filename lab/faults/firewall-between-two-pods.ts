import { type Fault, finds } from '../scenario/fault.ts';
import { client } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const FIREWALL = `table inet hardening {
  chain forward {
    type filter hook forward priority filter; policy accept;
    tcp dport 8210 counter drop
  }
}`;

export const fault: Fault = {
  story:
    'A hardening script closed ports on one node, also for what passes through it. The Pods are called by address.',
  namespace: 'stonemason',
  flow: { from: 'pod/stonemason/foreman', to: 'pod/stonemason/crane:8210' },
  objects: [
    client('stonemason', { name: 'crane', node: 'node-c', command: ['serve', ':8210'] }),
    client('stonemason', { name: 'foreman', node: 'node-a' }),
  ],
  disturbs: 'cluster',
  inject: [{ at: { node: 'node-c' }, run: ['nft', FIREWALL] }],
  heal: [{ at: { node: 'node-c' }, run: ['nft', 'delete', 'table', 'inet', 'hardening'] }],
  symptom: { at: { pod: 'foreman' }, request: (facts) => http(facts.podIp('crane'), 8210), fails: 'always' },
  witness: 'NETFILTER_DROP',
  proof: 'nodes',
  runs: [finds(['KP-08'], { beside: ['CNI-11'], never: ['SVC-01', 'SVC-02', 'POD-01', 'POD-03', 'NP-01'] })],
};
