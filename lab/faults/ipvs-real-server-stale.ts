import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { freeze, thaw } from '../scenario/freeze.ts';
import { http } from '../scenario/requests.ts';
import { rolledOut } from '../scenario/rolled-out.ts';

export const fault: Fault = {
  story:
    'kube-proxy of one node hangs. One of two pods was moved since, and every second connection from there goes to an address that nobody has.',
  ...across({ namespace: 'glacier', server: 'ice', listens: 8450, port: 845, client: 'skier', replicas: 2 }),
  on: ['ipvs'],
  disturbs: 'cluster',
  inject: [freeze('node-a', 'kube-proxy'), { removeOne: 'app=ice' }, rolledOut('glacier', 'deploy/ice')],
  heal: [thaw('node-a', 'kube-proxy')],
  symptom: {
    at: { pod: 'skier' },
    request: (facts) => http(facts.serviceIp('ice'), 845, { seconds: 1 }),
    fails: 'sometimes',
  },
  proof: 'nodes',
  runs: [finds(['KP-02'], { beside: ['KP-01'], never: ['SVC-01', 'SVC-02', 'POD-03'] })],
};
