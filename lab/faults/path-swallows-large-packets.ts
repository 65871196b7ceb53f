import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { download } from '../scenario/requests.ts';

const DROP = `table bridge tunnel {
  chain forward {
    type filter hook forward priority 0;
    ip saddr 10.0.0.11-10.0.0.13 ip daddr 10.0.0.11-10.0.0.13 meta length > 1400 drop;
  }
}`;

export const fault: Fault = {
  story:
    'The nodes were moved behind a VPN that carries 1,400 bytes and says nothing about it. Logins work, downloads hang.',
  ...across({ namespace: 'cinema', server: 'reels', listens: 8400, client: 'projector', on: 'node-c', from: 'node-a' }),
  disturbs: 'cluster',
  inject: [{ at: { net: 'underlay' }, run: ['nft', DROP] }],
  heal: [{ at: { net: 'underlay' }, run: ['nft', 'delete', 'table', 'bridge', 'tunnel'] }],
  symptom: { at: { pod: 'projector' }, request: download('reels', 80, 200_000), fails: 'always' },
  witness: 'NETFILTER_DROP',
  proof: 'nodes',
  // What an operator would ask: small requests pass.
  runs: [
    {
      ...finds(['MTU-02'], { beside: ['MTU-01', 'MTU-03'], never: ['SVC-01', 'POD-03'] }),
      flags: ['large-payload-hangs'],
    },
  ],
};
