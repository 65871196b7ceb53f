import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, pinned, service } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

// Connections that answered are never thrown out early to make room, so they fill the table for good.
const HOLD = 'for n in {1..900}; do exec {fd}<>/dev/tcp/$1/8920 || break; done; exec sleep 600';

export const fault: Fault = {
  story:
    'A log shipper keeps a connection open for every file. The conntrack table of its node is full and new connections are thrown away.',
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
    { sysctl: { 'net.netfilter.nf_conntrack_max': '600' } },
    { at: { node: 'node-c' }, keep: (facts) => ['bash', '-c', HOLD, 'hold', facts.podIp('intake')] },
  ],
  heal: [],
  symptom: { at: { pod: 'shipper' }, request: http('intake', 80, { seconds: 1 }), fails: 'always' },
  proof: 'nodes',
  open: 'conntrack',
  runs: [finds(['CT-01'], { never: ['SVC-05'] })],
};
