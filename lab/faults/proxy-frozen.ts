import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

const signal = (name: string) => ['pkill', `-${name}`, '-x', 'kube-proxy'];

export const fault: Fault = {
  story:
    'kube-proxy of one node hung days ago and nobody noticed until the pods moved: its rules still point at the old ones.',
  ...across({ namespace: 'ferry', server: 'tickets', listens: 8100, client: 'gate', replicas: 2 }),
  disturbs: 'cluster',
  inject: [
    { at: { node: 'node-a' }, run: signal('STOP') },
    { kubectl: ['-n', 'ferry', 'rollout', 'restart', 'deploy/tickets'] },
    { kubectl: ['-n', 'ferry', 'rollout', 'status', 'deploy/tickets', '--timeout=60s'] },
  ],
  heal: [{ at: { node: 'node-a' }, run: signal('CONT') }],
  symptom: { at: { pod: 'gate' }, request: http('tickets', 80), fails: 'always' },
  open: 'kube-proxy',
  runs: [finds(['KP-02'], { beside: ['KP-01'], never: ['SVC-01', 'SVC-02', 'POD-03'] })],
};
