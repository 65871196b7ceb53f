import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

// The bridge port of the pod, found by the neighbour entry of its address.
const SET =
  'bridge fdb show br cni0 | sed -n "s/^$(ip neigh show "$1" | sed "s/.*lladdr \\([^ ]*\\).*/\\1/") dev \\([^ ]*\\).*/\\1/p" | head -n 1 | xargs -I PORT bridge link set dev PORT hairpin "$2"';

export const fault: Fault = {
  story:
    'A hand-written CNI file has no hairpinMode. Whoever asks its own Service and is sent to itself waits for ever.',
  ...across({ namespace: 'choir', server: 'score', listens: 8020, client: 'leader', address: '10.96.77.20' }),
  flow: { from: 'deploy/choir/score', to: 'svc/choir/score' },
  disturbs: 'cluster',
  inject: [
    { at: { node: 'node-b' }, run: (facts) => ['ping', '-c', '1', facts.podIp('score')] },
    { at: { node: 'node-b' }, run: (facts) => ['sh', '-c', SET, 'hairpin', facts.podIp('score'), 'off'] },
  ],
  heal: [{ at: { node: 'node-b' }, run: (facts) => ['sh', '-c', SET, 'hairpin', facts.podIp('score'), 'on'] }],
  symptom: { at: { netOf: 'app=score' }, request: http('10.96.77.20', 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['KP-10'], { beside: ['KP-09'], never: ['SVC-01', 'POD-03'] })],
};
