import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { subnetOf } from '../scenario/pod-port.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story:
    'A routing daemon tidied one route away that it had not made. Packets for the pods of that node now go to the default gateway.',
  ...across({
    namespace: 'signpost',
    server: 'crossing',
    listens: 8309,
    client: 'hiker',
    on: 'node-b',
    from: 'node-a',
  }),
  disturbs: 'cluster',
  inject: [
    { at: { node: 'node-a' }, run: (facts) => ['ip', 'route', 'del', `${subnetOf(facts.podIp('crossing'))}/24`] },
  ],
  heal: [
    {
      at: { node: 'node-a' },
      run: (facts) => {
        const subnet = subnetOf(facts.podIp('crossing'));
        return ['ip', 'route', 'add', `${subnet}/24`, 'via', subnet, 'dev', 'flannel.1', 'onlink'];
      },
    },
  ],
  symptom: { at: { pod: 'hiker' }, request: http('crossing', 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['CNI-14'], { beside: ['CNI-22'], never: ['SVC-01', 'SVC-03', 'POD-03'] })],
};
