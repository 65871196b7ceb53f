import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { subnetOf } from '../scenario/pod-port.ts';
import { http } from '../scenario/requests.ts';

const LEAD = `
mac=$(ip neigh show "$1" dev flannel.1 | sed 's/.*lladdr \\([^ ]*\\).*/\\1/')
bridge fdb replace "$mac" dev flannel.1 dst "$2" self permanent`;

export const fault: Fault = {
  story:
    'A node came back with another address after maintenance. One of its peers still wraps its packets for the old one, where nobody lives.',
  ...across({ namespace: 'pier', server: 'boathouse', listens: 8308, client: 'rower', on: 'node-b', from: 'node-c' }),
  disturbs: 'cluster',
  inject: [
    {
      at: { node: 'node-c' },
      run: (facts) => ['sh', '-c', LEAD, 'lead', subnetOf(facts.podIp('boathouse')), '10.0.0.212'],
    },
  ],
  heal: [
    {
      at: { node: 'node-c' },
      run: (facts) => ['sh', '-c', LEAD, 'lead', subnetOf(facts.podIp('boathouse')), '10.0.0.12'],
    },
  ],
  symptom: { at: { pod: 'rower' }, request: http('boathouse', 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['CNI-13'], { beside: ['CNI-12', 'CNI-10'], never: ['SVC-01', 'SVC-03', 'POD-03'] })],
};
