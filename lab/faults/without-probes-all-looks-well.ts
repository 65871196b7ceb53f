import { type Fault, type Run, staysFree } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

/** Nothing is wrong, and nothing was tried: neither may be said. */
const undecided = (run: Run, names: RegExp): Run => ({
  ...run,
  expect: { exit: 5, result: 'inconclusive', never: ['*'], names },
});

export const fault: Fault = {
  story:
    'All objects are as they should be. Whoever may not try a connection can say that, and not that the network works.',
  namespace: 'meadow',
  flow: { from: 'pod/meadow/shepherd', to: 'svc/meadow/fold' },
  objects: [
    deployment('meadow', web('fold', 8195, { replicas: 1 })),
    service('meadow', 'fold', { selector: { app: 'fold' }, ports: [{ port: 80, targetPort: 8195 }] }),
    client('meadow', { name: 'shepherd' }),
  ],
  inject: [],
  symptom: { at: { pod: 'shepherd' }, request: http('fold', 80), fails: 'never' },
  runs: [
    staysFree,
    undecided({ as: 'viewer', expect: staysFree.expect }, /pods\/exec/),
    undecided({ level: 'observe', expect: staysFree.expect }, /probe/),
    undecided({ as: 'noexec', expect: staysFree.expect }, /nodes/),
  ],
};
