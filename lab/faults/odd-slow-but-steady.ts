import { type Fault, staysFree } from '../scenario/fault.ts';
import { client, deployment, service } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story:
    'The calculator takes more than a second for every answer, by nature. It is slow, and it never comes and goes.',
  namespace: 'abacus',
  flow: { from: 'pod/abacus/pupil', to: 'svc/abacus/beads' },
  objects: [
    deployment('abacus', {
      app: 'beads',
      // Nothing smaller: a server that forks for every connection drops some of them on a busy machine.
      command: ['serve', '-delay', '1200ms', ':8736'],
      replicas: 2,
    }),
    service('abacus', 'beads', {
      selector: { app: 'beads' },
      ports: [{ name: 'http', port: 80, targetPort: 8736 }],
    }),
    client('abacus', { name: 'pupil' }),
  ],
  inject: [],
  heal: [],
  symptom: { at: { pod: 'pupil' }, request: http('beads', 80), fails: 'never' },
  runs: [{ ...staysFree, flags: ['intermittent', '--record', '30'] }],
};
