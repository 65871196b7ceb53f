import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';
import { rolledOut } from '../scenario/rolled-out.ts';

export const fault: Fault = {
  story: 'A hanging audit tool holds the lock of iptables on one node. kube-proxy waits for it and the rules grow old.',
  ...across({
    namespace: 'garage',
    server: 'parts',
    listens: 8330,
    client: 'bench',
    replicas: 2,
    from: 'node-c',
    on: 'node-b',
  }),
  // Only the legacy iptables takes the lock.
  on: ['cached'],
  disturbs: 'cluster',
  inject: [
    { at: { node: 'node-c' }, keep: ['flock', '/run/xtables.lock', 'sleep', '600'] },
    { kubectl: ['-n', 'garage', 'rollout', 'restart', 'deploy/parts'] },
    rolledOut('garage', 'deploy/parts'),
  ],
  heal: [{ at: { node: 'node-c' }, run: ['pkill', '-f', 'sleep 600'] }],
  symptom: { at: { pod: 'bench' }, request: http('parts', 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['KP-04'], { beside: ['KP-02', 'KP-03'], never: ['SVC-01', 'SVC-02', 'POD-03'] })],
};
