import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

// In the bridge of the underlay, so no node can see the rule, as with a security group.
const DROP = 'table bridge cloud { chain forward { type filter hook forward priority 0; udp dport 8472 drop; }; }';

export const fault: Fault = {
  story:
    'Somebody tidied the security group: UDP 8472 between nodes is gone. Nodes reach each other, pods of different nodes do not.',
  ...across({ namespace: 'depot', server: 'stock', listens: 8081, client: 'till', on: 'node-c', from: 'node-b' }),
  disturbs: 'cluster',
  inject: [{ at: { net: 'underlay' }, run: ['nft', DROP] }],
  heal: [{ at: { net: 'underlay' }, run: ['nft', 'delete', 'table', 'bridge', 'cloud'] }],
  symptom: { at: { pod: 'till' }, request: http('stock', 80), fails: 'always' },
  witness: 'NETFILTER_DROP',
  proof: 'nodes',
  runs: [finds(['CNI-11'])],
};
