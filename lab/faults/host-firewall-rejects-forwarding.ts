import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

// What firewalld writes for a zone that does not forward, cut down to what acts.
const FIREWALLD = `table inet firewalld {
  chain filter_FORWARD {
    type filter hook forward priority 10; policy accept;
    ct state established,related accept
    reject with icmpx admin-prohibited
  }
}`;

export const fault: Fault = {
  story: 'An update turned firewalld on again on one node. It rejects whatever the node would forward.',
  ...across({ namespace: 'museum', server: 'archive', listens: 8200, client: 'visitor', on: 'node-c' }),
  disturbs: 'cluster',
  inject: [{ at: { node: 'node-c' }, run: ['nft', FIREWALLD] }],
  heal: [{ at: { node: 'node-c' }, run: ['nft', 'delete', 'table', 'inet', 'firewalld'] }],
  symptom: { at: { pod: 'visitor' }, request: http('archive', 80), fails: 'always' },
  witness: 'NETFILTER_DROP',
  proof: 'nodes',
  runs: [finds(['KP-08'], { beside: ['CNI-11'], never: ['SVC-01', 'SVC-02', 'POD-01'] })],
};
