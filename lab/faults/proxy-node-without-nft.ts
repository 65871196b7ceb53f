import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { crashed } from '../scenario/proxy-crash.ts';
import { http } from '../scenario/requests.ts';

const MODE = { key: 'mode', shipped: 'iptables', value: 'nftables' };
const parts = crashed({ node: 'node-c', namespace: 'lime-pit', server: 'mortar', line: MODE });
const moved = (from: string, to: string) => ({
  at: { node: 'node-c' },
  run: ['mv', `/usr/sbin/${from}`, `/usr/sbin/${to}`],
});

export const fault: Fault = {
  story:
    'kube-proxy was switched to nftables. One node, installed from a smaller image, has no program nft, and kube-proxy ends there at once.',
  ...across({ namespace: 'lime-pit', server: 'mortar', listens: 8365, client: 'trowel', from: 'node-c', on: 'node-a' }),
  disturbs: 'cluster',
  ...parts,
  inject: [moved('nft', 'nft.away'), ...parts.inject],
  heal: [moved('nft.away', 'nft'), ...parts.heal],
  symptom: { at: { pod: 'trowel' }, request: http('mortar', 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['KP-13'], { beside: ['KP-02'], never: ['SVC-01', 'SVC-02', 'SVC-03', 'POD-03'] })],
};
