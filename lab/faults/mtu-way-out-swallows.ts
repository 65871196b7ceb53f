import { NETWORK } from '../cluster/plan.ts';
import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { upload } from '../scenario/requests.ts';

const LEASED = `table ip leased {
  chain line {
    type filter hook forward priority filter;
    ip daddr ${NETWORK.outside} meta length > 1300 drop;
  }
}`;

export const fault: Fault = {
  story:
    'The line out of the cluster is leased from somebody else now. It carries 1,300 bytes and tells nobody: forms are sent, photographs hang.',
  ...across({ namespace: 'malthouse', server: 'malt', listens: 8363, client: 'brewer', from: 'node-c' }),
  flow: { from: 'pod/malthouse/brewer', to: `ip/${NETWORK.outside}:80` },
  disturbs: 'cluster',
  inject: [{ at: { net: 'underlay' }, run: ['nft', LEASED] }],
  heal: [{ at: { net: 'underlay' }, run: ['nft', 'delete', 'table', 'ip', 'leased'] }],
  // The nc of busybox sends small pieces only.
  symptom: { at: { netOf: 'brewer' }, request: upload(NETWORK.outside, 80, 4000), fails: 'always' },
  witness: 'NETFILTER_DROP',
  proof: 'nodes',
  runs: [
    {
      ...finds(['MTU-04'], { beside: ['MTU-02'], never: ['MTU-01', 'MTU-03', 'EGR-01', 'POD-03'] }),
      flags: ['large-payload-hangs'],
    },
  ],
};
