import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

const LOSS = `table netdev wire {
  chain in { type filter hook ingress device u-node-b priority 0; numgen inc mod 4 == 0 drop; }
}`;

export const fault: Fault = {
  story:
    'One transceiver of the rack is dying. Nothing ever fails, because what is lost is sent again: it only takes a second longer, now and then.',
  ...across({ namespace: 'towpath', server: 'lock', listens: 8610, client: 'bargee' }),
  disturbs: 'cluster',
  inject: [{ at: { net: 'underlay' }, run: ['nft', LOSS] }],
  heal: [{ at: { net: 'underlay' }, run: ['nft', 'delete', 'table', 'netdev', 'wire'] }],
  symptom: { at: { pod: 'bargee' }, request: http('lock', 80, { seconds: 1 }), fails: 'sometimes' },
  witness: 'NETFILTER_DROP',
  proof: 'nodes',
  runs: [finds(['NODE-11'], { beside: ['NODE-05'], never: ['SVC-05', 'POD-03'] })],
};
