import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { restartProxyOf } from '../scenario/proxy-config.ts';
import { http } from '../scenario/requests.ts';
import { rolledOut } from '../scenario/rolled-out.ts';

// What is jumped to cannot be deleted, and a transaction is written whole or not at all.
const JUMP = `
chain=$(iptables-save -t nat | sed -n "s/^-A \\(KUBE-SEP-[A-Z0-9]*\\) .*-j DNAT.*to-destination $1:.*/\\1/p")
[ -n "$chain" ] && iptables -w -t nat -A OUTPUT -d 192.0.2.200 -j "$chain"`;
const UNJUMP = `iptables-save -t nat | sed -n 's/^-A \\(OUTPUT -d 192.0.2.200.*\\)/\\1/p' | while read -r rule; do
  iptables -w -t nat -D $rule
done`;

export const fault: Fault = {
  story:
    'Somebody sent an old address to one Pod by a rule of his own that jumps into a chain of kube-proxy. The Pod is gone, its chain cannot be deleted, and nothing is written on that node any more.',
  ...across({
    namespace: 'cooperage',
    server: 'barrels',
    listens: 8361,
    client: 'stave',
    from: 'node-c',
    on: 'node-a',
  }),
  disturbs: 'cluster',
  inject: [
    { at: { node: 'node-c' }, run: ({ podIp }) => ['sh', '-c', JUMP, 'jump', podIp('barrels')] },
    { kubectl: ['-n', 'cooperage', 'rollout', 'restart', 'deploy/barrels'] },
    rolledOut('cooperage', 'deploy/barrels'),
  ],
  heal: [{ at: { node: 'node-c' }, run: ['sh', '-c', UNJUMP] }, restartProxyOf('node-c')],
  symptom: { at: { pod: 'stave' }, request: http('barrels', 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['KP-03'], { beside: ['KP-02'], never: ['SVC-01', 'SVC-02', 'SVC-03', 'POD-03', 'KP-04'] })],
};
