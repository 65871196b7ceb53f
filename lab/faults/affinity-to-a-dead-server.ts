import { type Fault, finds } from '../scenario/fault.ts';
import { client, pinned, service } from '../scenario/manifest.ts';
import { numbered } from '../scenario/replicas.ts';
import { http } from '../scenario/requests.ts';
import { rolledOut } from '../scenario/rolled-out.ts';

const where = 'hop-garden';
const wall = (how: string) => ({
  at: { netOf: 'scales-0' },
  run: ['iptables', '-w', how, 'INPUT', '-p', 'tcp', '--dport', '8362', '-j', 'DROP'],
});
const ask = http('scales', 80);

export const fault: Fault = {
  story:
    'Clients stay with the server that they met first. The server of this one shut itself in with a firewall of its own; another was added long ago, and answers everybody else.',
  namespace: where,
  flow: { from: `pod/${where}/picker`, to: `svc/${where}/scales` },
  objects: [
    numbered(where, { app: 'scales', command: ['serve', ':8362'], replicas: 1, pod: pinned('node-b') }),
    service(where, 'scales', {
      selector: { app: 'scales' },
      sessionAffinity: 'ClientIP',
      ports: [{ port: 80, targetPort: 8362 }],
    }),
    client(where, { name: 'picker', node: 'node-a' }),
  ],
  beforehand: [
    { wait: { get: ['pod', 'scales-0'], shows: /Running/ } },
    { at: { pod: 'picker' }, run: ['timeout', '30', 'sh', '-c', 'until "$@"; do sleep 0.2; done', 'until', ...ask] },
    { kubectl: ['-n', where, 'scale', 'sts/scales', '--replicas=2'] },
    rolledOut(where, 'sts/scales'),
  ],
  inject: [wall('-I')],
  heal: [wall('-D')],
  symptom: { at: { pod: 'picker' }, request: ask, fails: 'always' },
  runs: [finds(['SVC-12'], { beside: ['POD-03'], never: ['SVC-01', 'SVC-03', 'SVC-05', 'SVC-09'] })],
};
