import { type Fault, finds } from '../scenario/fault.ts';
import { client, service } from '../scenario/manifest.ts';
import { numbered } from '../scenario/replicas.ts';
import { http } from '../scenario/requests.ts';

// Told to end it stops serving at once, and where there are books to write it takes its time for them.
const SERVE = `serve :8762 &
trap 'kill $!; while [ -e /tmp/books ]; do sleep 1; done; exit' TERM
wait`;
const ledger = {
  app: 'ledger',
  command: ['sh', '-c', SERVE],
  replicas: 1,
  ports: [{ containerPort: 8762, name: 'http' }],
  pod: { terminationGracePeriodSeconds: 600 },
};
const where = 'counting-house';

export const fault: Fault = {
  story:
    'The only replica was asked to end for an upgrade. It closed its port at the first word and has been writing its books since; nobody takes its place until it is gone.',
  namespace: where,
  flow: { from: `pod/${where}/teller`, to: `svc/${where}/ledger` },
  objects: [
    numbered(where, ledger),
    service(where, 'ledger', { selector: { app: 'ledger' }, ports: [{ port: 80, targetPort: 8762 }] }),
    client(where, { name: 'teller' }),
  ],
  inject: [{ at: { pod: 'ledger-0' }, run: ['touch', '/tmp/books'] }, { removeOne: 'app=ledger' }],
  heal: [{ kubectl: ['-n', where, 'delete', 'pod', 'ledger-0', '--grace-period=0', '--force'] }],
  symptom: { at: { pod: 'teller' }, request: http('ledger', 80), fails: 'always' },
  runs: [finds(['POD-07'], { never: ['SVC-01', 'POD-02', 'KP-01', 'DNS-22'] })],
};
