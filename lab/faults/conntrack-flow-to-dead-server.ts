import { TOOLS } from '../build/images.ts';
import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { subnetOf } from '../scenario/pod-port.ts';
import { query } from '../scenario/requests.ts';

const NAME = 'kubernetes.default.svc.cluster.local';
const PORT = '40053';
const FLOW = ['-p', 'udp', '--orig-dst', '10.96.0.10', '--sport', PORT, '--dport', '53'];

// Left by a packet that came between the deletion of such entries and the new rules. Each further packet keeps it.
const bind = (client: string) => [
  ...['conntrack', '-I', ...FLOW, '--orig-src', client, '--timeout', '30'],
  ...['--reply-src', subnetOf(client).replace(/0$/, '235'), '--reply-dst', client],
  ...['--reply-port-src', '53', '--reply-port-dst', PORT],
];
const KEEP = `while :; do dig -b "0.0.0.0#${PORT}" +tries=1 +time=1 @10.96.0.10 ${NAME}; sleep 1; done`;

export const fault: Fault = {
  story:
    'A resolver with a fixed source port is still bound to a name server pod that is gone. It asks so often that the kernel never forgets.',
  ...across({ namespace: 'telegraph', server: 'key', listens: 8345, client: 'operator', from: 'node-c', image: TOOLS }),
  flow: { from: 'pod/telegraph/operator', to: 'svc/kube-system/kube-dns:53/UDP' },
  disturbs: 'cluster',
  inject: [
    { at: { node: 'node-c' }, run: ['sh', '-c', `conntrack -D ${FLOW.join(' ')} || true`] },
    { at: { node: 'node-c' }, run: (facts) => bind(facts.podIp('operator')) },
    { at: { netOf: 'operator' }, keep: ['sh', '-c', KEEP] },
  ],
  heal: [{ at: { node: 'node-c' }, run: ['conntrack', '-D', ...FLOW] }],
  symptom: { at: { pod: 'operator' }, request: query(NAME, '10.96.0.10', ['-b', `0.0.0.0#${PORT}`]), fails: 'always' },
  proof: 'nodes',
  // A new connection works, so the flow alone does not tell what is wrong.
  runs: [
    { ...finds(['CT-05'], { never: ['SVC-01', 'SVC-03', 'POD-03', 'CT-01'] }), flags: ['new-connections-time-out'] },
  ],
};
