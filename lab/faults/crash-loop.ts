import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const ledger = (command: readonly string[]) => deployment('ledger', web('journal', 7000, { command }));

export const fault: Fault = {
  story: 'The new build ends at once: a flag it needs is missing.',
  namespace: 'ledger',
  flow: { from: 'pod/ledger/auditor', to: 'svc/ledger/journal:write' },
  objects: [
    ledger(['serve', ':7000']),
    service('ledger', 'journal', {
      selector: { app: 'journal' },
      ports: [{ name: 'write', port: 7001, targetPort: 'http' }],
    }),
    client('ledger', { name: 'auditor' }),
  ],
  inject: [{ apply: [ledger(['sh', '-c', 'echo "missing flag: --data-dir" >&2; exit 64'])] }],
  until: { get: ['pods', '-l', 'app=journal'], shows: /CrashLoopBackOff/ },
  symptom: { at: { pod: 'auditor' }, request: http('journal.ledger.svc', 7001), fails: 'always' },
  runs: [finds(['POD-01'], { certainty: ['certain'], never: ['SVC-01', 'SVC-03', 'POD-03'] })],
};
