import { type Fault, finds } from '../scenario/fault.ts';
import { client, service } from '../scenario/manifest.ts';
import { numbered } from '../scenario/replicas.ts';
import { http } from '../scenario/requests.ts';

// Stands still for eight seconds of every ten, as long as the file is there.
const SERVE = `serve :8733 &
while :; do
  if [ -e /tmp/drowsy ]; then kill -STOP $!; sleep 8; kill -CONT $!; sleep 2; else sleep 1; fi
done`;

export const fault: Fault = {
  story:
    'One of three replicas collects its garbage for seconds at a time. Every connection opens, and some answers come late.',
  namespace: 'belfry-watch',
  flow: { from: 'pod/belfry-watch/keeper', to: 'svc/belfry-watch/lamp' },
  objects: [
    numbered('belfry-watch', { app: 'lamp', command: ['sh', '-c', SERVE], replicas: 3 }),
    service('belfry-watch', 'lamp', {
      selector: { app: 'lamp' },
      ports: [{ name: 'http', port: 80, targetPort: 8733 }],
    }),
    client('belfry-watch', { name: 'keeper' }),
  ],
  inject: [{ at: { pod: 'lamp-1' }, run: ['touch', '/tmp/drowsy'] }],
  heal: [{ at: { pod: 'lamp-1' }, run: ['rm', '-f', '/tmp/drowsy'] }],
  symptom: { at: { pod: 'keeper' }, request: http('lamp', 80, { seconds: 1 }), fails: 'sometimes' },
  runs: [
    {
      ...finds(['POD-06'], { beside: ['POD-05'], never: ['SVC-01', 'SVC-05', 'SVC-09', 'NODE-11', 'CT-03'] }),
      // A few tries miss it.
      flags: ['intermittent', '--record', '40'],
    },
  ],
};
