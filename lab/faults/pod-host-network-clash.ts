import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, pinned, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const host = { ...pinned('node-b'), hostNetwork: true };
const sieve = (pod: object) => deployment('gristmill', web('sieve', 18_294, { replicas: 1, pod }));

export const fault: Fault = {
  story: 'Two programs went into the network of the node with the same port. The second one found no place.',
  namespace: 'gristmill',
  flow: { from: 'pod/gristmill/miller', to: 'svc/gristmill/sieve' },
  objects: [
    deployment('gristmill', web('stone', 18_294, { replicas: 1, pod: host })),
    sieve(pinned('node-b')),
    service('gristmill', 'sieve', { selector: { app: 'sieve' }, ports: [{ port: 80, targetPort: 18_294 }] }),
    client('gristmill', { name: 'miller' }),
  ],
  inject: [{ apply: [sieve(host)] }],
  until: { get: ['events'], shows: /didn't have free ports/ },
  symptom: { at: { pod: 'miller' }, request: http('sieve', 80), fails: 'always' },
  runs: [finds(['POD-10'], { beside: ['POD-01'], names: /free ports/, never: ['SVC-01', 'POD-03', 'SVC-03'] })],
};
