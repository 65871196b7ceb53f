import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

const START = 'setsid containerd </dev/null >/dev/null 2>&1 & until ctr version >/dev/null 2>&1; do sleep 0.1; done';

export const fault: Fault = {
  story:
    'The container runtime of a node ended. What it had started ran on unwatched, until a server there ended as well: nobody can start it again, and after half a minute the node is not ready.',
  ...across({ namespace: 'carriage', server: 'stable', listens: 8354, client: 'coachman', on: 'node-c' }),
  disturbs: 'cluster',
  inject: [
    { at: { node: 'node-c' }, run: ['pkill', '-x', 'containerd'] },
    { at: { node: 'node-c' }, run: ['pkill', '-f', '^serve :8354'] },
    { wait: { get: ['pods', '-l', 'app=stable'], shows: /0\/1/ } },
  ],
  heal: [{ at: { node: 'node-c' }, run: ['timeout', '20', 'sh', '-c', START] }],
  symptom: { at: { pod: 'coachman' }, request: http('stable', 80), fails: 'always' },
  until: { get: ['nodes', 'node-c'], shows: /NotReady/ },
  runs: [
    finds(['NODE-16'], { beside: ['SVC-02', 'POD-02', 'SVC-03', 'POD-03'], never: ['SVC-01', 'NODE-15'] }),
    {
      ...finds(['NODE-16'], { certainty: ['certain'], beside: ['SVC-02', 'POD-02'], never: ['SVC-01', 'NODE-15'] }),
      level: 'node',
    },
  ],
};
