import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, pinned, service } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';
import { rolledOut } from '../scenario/rolled-out.ts';

const FORGET = `
cd /var/lib/cni/networks/cbr0
rm "$1"
printf '%s.%s' "\${1%.*}" "$((\${1##*.} - 1))" >last_reserved_ip.0`;

export const fault: Fault = {
  story:
    'To make room somebody deleted reservations of addresses by hand, one of them of a living pod. The next pod on that node got the same address.',
  namespace: 'boarding',
  flow: { from: 'pod/boarding/postman', to: 'svc/boarding/room' },
  disturbs: 'cluster',
  objects: [
    // Without a readiness probe: it would be answered, or not, by the wrong one of the two.
    deployment('boarding', { app: 'room', command: ['serve', ':8312'], replicas: 1, pod: pinned('node-c') }),
    deployment('boarding', { app: 'lodger', command: ['serve', ':8313'], replicas: 0, pod: pinned('node-c') }),
    service('boarding', 'room', { selector: { app: 'room' }, ports: [{ port: 80, targetPort: 8312 }] }),
    client('boarding', { name: 'postman', node: 'node-a' }),
  ],
  inject: [
    { at: { node: 'node-c' }, run: (facts) => ['sh', '-c', FORGET, 'forget', facts.podIp('room')] },
    { kubectl: ['-n', 'boarding', 'scale', 'deploy/lodger', '--replicas=1'] },
    rolledOut('boarding', 'deploy/lodger'),
    // As the entry ends by itself after minutes of silence. Then both answer, and the youngest port of a bridge is asked first.
    { at: { node: 'node-c' }, run: ['ip', 'neigh', 'flush', 'dev', 'cni0'] },
  ],
  heal: [
    { kubectl: ['-n', 'boarding', 'scale', 'deploy/lodger', '--replicas=0'] },
    { kubectl: ['-n', 'boarding', 'wait', '--for=delete', 'pods', '-l', 'app=lodger', '--timeout=60s'] },
    { remove: 'pods -l app=room' },
  ],
  symptom: { at: { pod: 'postman' }, request: http('room', 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['CNI-08'], { never: ['SVC-01', 'SVC-03', 'POD-03'] })],
};
