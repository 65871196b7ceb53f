import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { setPodPort } from '../scenario/pod-port.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story:
    'A script that shuts unused interfaces met the veth of a living pod. From there nothing is reached, not even names.',
  ...across({ namespace: 'zoo', server: 'ticket', listens: 8306, client: 'visitor', from: 'node-c' }),
  disturbs: 'cluster',
  inject: [{ at: { node: 'node-c' }, run: (facts) => setPodPort(facts.podIp('visitor'), 'down') }],
  heal: [{ at: { node: 'node-c' }, run: (facts) => setPodPort(facts.podIp('visitor'), 'up') }],
  symptom: {
    at: { netOf: 'visitor' },
    request: (facts) => http(facts.serviceIp('ticket'), 80, { seconds: 1 }),
    fails: 'always',
  },
  proof: 'nodes',
  runs: [finds(['CNI-21'], { never: ['SVC-01', 'SVC-03', 'POD-03'] })],
};
