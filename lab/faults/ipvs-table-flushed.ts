import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

// The VIP stays on kube-ipvs0, so the node itself refuses what no virtual server takes.
const FLUSH = 'while :; do ipvsadm -Ln | grep -q "^TCP  $1:" && ipvsadm -D -t "$1:$2"; sleep 0.2; done';

export const fault: Fault = {
  story:
    'A keepalived on the node takes the whole IPVS table for its own and drops the virtual server of a Service it does not know, as often as kube-proxy brings it back.',
  ...across({ namespace: 'viaduct', server: 'toll', listens: 8230, port: 823, client: 'lorry' }),
  on: ['ipvs'],
  disturbs: 'cluster',
  inject: [{ at: { node: 'node-a' }, keep: (facts) => ['sh', '-c', FLUSH, 'flush', facts.serviceIp('toll'), '823'] }],
  heal: [{ restart: 'kube-proxy', node: 'node-a' }],
  symptom: { at: { pod: 'lorry' }, request: (facts) => http(facts.serviceIp('toll'), 823), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['KP-05', 'KP-02'], { beside: ['KP-03'], never: ['SVC-01', 'SVC-02', 'POD-03'] })],
};
