import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, pinned, service } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

// Connections that answered are never thrown out early to make room, so they fill the table for good. What is sent again
// waits longer each time, and others would take the place of an entry that ended: a try is short, and many are made.
const HOLD = `const open = (host) => {
  const socket = require('node:net').connect(8920, host);
  const again = () => { socket.destroy(); open(host); };
  const soon = setTimeout(again, 200);
  socket.on('connect', () => clearTimeout(soon));
  socket.on('error', () => {});
};
for (let n = 0; n < 650; n += 1) open(process.argv[1]);`;

// Who cannot come in sees nothing: a full table shuts out the door of the administrator as well, unless it was spared.
const spared = (how: string) => {
  const rule = (chain: string, port: string) =>
    `iptables -w -t raw ${how} ${chain} -p tcp --${port} 22 -j CT --notrack`;
  return { at: { node: 'node-c' }, run: ['sh', '-c', `${rule('PREROUTING', 'dport')} && ${rule('OUTPUT', 'sport')}`] };
};

export const fault: Fault = {
  story:
    'A log shipper keeps a connection open for every file. The conntrack table of its node is full and new connections are thrown away. SSH is not tracked there, since the last time.',
  namespace: 'logs',
  flow: { from: 'pod/logs/shipper', to: 'svc/logs/intake' },
  disturbs: 'machine',
  objects: [
    // Without a readiness probe: the kubelet of that node could not open a connection either.
    deployment('logs', { app: 'intake', command: ['serve', ':8920'], replicas: 1, pod: pinned('node-c') }),
    service('logs', 'intake', { selector: { app: 'intake' }, ports: [{ port: 80, targetPort: 8920 }] }),
    client('logs', { name: 'shipper', node: 'node-a' }),
  ],
  inject: [
    spared('-A'),
    { sysctl: { 'net.netfilter.nf_conntrack_max': '600' } },
    { at: { node: 'node-c' }, keep: (facts) => [process.execPath, '-e', HOLD, facts.podIp('intake')] },
  ],
  heal: [spared('-D')],
  symptom: { at: { pod: 'shipper' }, request: http('intake', 80, { seconds: 1 }), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['CT-01'], { never: ['SVC-05'] })],
};
