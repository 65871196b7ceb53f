import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { freeze, thaw } from '../scenario/freeze.ts';
import { http } from '../scenario/requests.ts';
import { rolledOut } from '../scenario/rolled-out.ts';

export const fault: Fault = {
  story:
    'kube-proxy of one node hung days ago and nobody noticed until the pods moved: its rules still point at the old ones.',
  ...across({ namespace: 'ferry', server: 'tickets', listens: 8100, client: 'gate', replicas: 2 }),
  disturbs: 'cluster',
  inject: [
    freeze('node-a', 'kube-proxy'),
    { kubectl: ['-n', 'ferry', 'rollout', 'restart', 'deploy/tickets'] },
    rolledOut('ferry', 'deploy/tickets'),
  ],
  heal: [thaw('node-a', 'kube-proxy')],
  symptom: { at: { pod: 'gate' }, request: http('tickets', 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['KP-02'], { beside: ['KP-01'], never: ['SVC-01', 'SVC-02', 'POD-03'] })],
};
