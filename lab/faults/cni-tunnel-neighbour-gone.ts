import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { subnetOf } from '../scenario/pod-port.ts';
import { http } from '../scenario/requests.ts';

const gone = `ip neigh show "$1" dev flannel.1 | sed 's/.*lladdr \\([^ ]*\\).*/\\1/' >/run/lab-neighbour && ip neigh del "$1" dev flannel.1`;
const back = 'ip neigh replace "$1" lladdr "$(cat /run/lab-neighbour)" dev flannel.1 nud permanent';

export const fault: Fault = {
  story:
    "Somebody flushed the neighbour table of a node, permanent entries too. One of them was flannel's, and flannel does not look again.",
  ...across({ namespace: 'lockgate', server: 'basin', listens: 8307, client: 'barge', on: 'node-c', from: 'node-a' }),
  disturbs: 'cluster',
  inject: [{ at: { node: 'node-a' }, run: (facts) => ['sh', '-c', gone, 'gone', subnetOf(facts.podIp('basin'))] }],
  heal: [{ at: { node: 'node-a' }, run: (facts) => ['sh', '-c', back, 'back', subnetOf(facts.podIp('basin'))] }],
  symptom: { at: { pod: 'barge' }, request: http('basin', 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['CNI-12'], { beside: ['CNI-13'], never: ['SVC-01', 'SVC-03', 'POD-03'] })],
};
