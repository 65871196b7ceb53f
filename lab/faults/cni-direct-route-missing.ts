import { NODES } from '../cluster/plan.ts';
import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { freeze, thaw } from '../scenario/freeze.ts';
import { subnetOf } from '../scenario/pod-port.ts';
import { http } from '../scenario/requests.ts';

const gateway = NODES.find(({ name }) => name === 'node-c')?.address ?? '';

export const fault: Fault = {
  story:
    'The pods go from node to node without a tunnel. A network script removed the route to the pods of one node, while flannel, which would have put it back, hung.',
  ...across({ namespace: 'turnpike', server: 'lodge', listens: 8340, client: 'rider', on: 'node-c' }),
  on: ['routed'],
  disturbs: 'cluster',
  inject: [
    freeze('node-a', 'flanneld'),
    { at: { node: 'node-a' }, run: (facts) => ['ip', 'route', 'del', `${subnetOf(facts.podIp('lodge'))}/24`] },
  ],
  heal: [
    {
      at: { node: 'node-a' },
      run: (facts) => ['ip', 'route', 'replace', `${subnetOf(facts.podIp('lodge'))}/24`, 'via', gateway],
    },
    thaw('node-a', 'flanneld'),
  ],
  symptom: { at: { pod: 'rider' }, request: http('lodge', 80), fails: 'always' },
  proof: 'nodes',
  open: 'cni',
  runs: [finds(['CNI-14'], { beside: ['CNI-15', 'CNI-22'], never: ['SVC-01', 'SVC-03', 'POD-03'] })],
};
