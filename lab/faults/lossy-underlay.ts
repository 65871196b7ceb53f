import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

const LOSS = `table netdev cable {
  chain in { type filter hook ingress device u-node-b priority 0; numgen random mod 100 < 40 drop; }
}`;

export const fault: Fault = {
  story: 'A cable in the rack is half out: two of five packets to one node are lost, and it stays Ready.',
  ...across({ namespace: 'mill', server: 'grain', listens: 8600, client: 'sack' }),
  disturbs: 'cluster',
  slow: true,
  inject: [{ at: { net: 'underlay' }, run: ['nft', LOSS] }],
  heal: [{ at: { net: 'underlay' }, run: ['nft', 'delete', 'table', 'netdev', 'cable'] }],
  symptom: { at: { pod: 'sack' }, request: http('grain', 80, { seconds: 1 }), fails: 'sometimes' },
  witness: 'NETFILTER_DROP',
  proof: 'nodes',
  open: 'node',
  runs: [finds(['NODE-11'], { beside: ['NODE-05'], never: ['SVC-05', 'POD-03'] })],
};
