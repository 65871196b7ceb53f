import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { freeze, thaw } from '../scenario/freeze.ts';
import { http } from '../scenario/requests.ts';

const scaled = (replicas: number) => ({
  kubectl: ['-n', 'orchard', 'scale', 'deploy/press', `--replicas=${replicas}`],
});
// What the node's own table says: the sign that kube-proxy has seen the empty Service before it hangs.
const EMPTY =
  'for i in $(seq 300); do ipvsadm -Ln -t "$1:840" | grep -q -- "->.*Masq" || exit 0; sleep 0.1; done; exit 1';

export const fault: Fault = {
  story:
    'The deployment was scaled to zero over night. kube-proxy of one node hung before morning, and its virtual server has no real server since.',
  ...across({ namespace: 'orchard', server: 'press', listens: 8340, port: 840, client: 'picker' }),
  on: ['ipvs'],
  disturbs: 'cluster',
  inject: [
    scaled(0),
    { at: { node: 'node-a' }, run: (facts) => ['sh', '-c', EMPTY, 'empty', facts.serviceIp('press')] },
    freeze('node-a', 'kube-proxy'),
    scaled(1),
    { kubectl: ['-n', 'orchard', 'rollout', 'status', 'deploy/press', '--timeout=60s'] },
  ],
  heal: [thaw('node-a', 'kube-proxy')],
  symptom: { at: { pod: 'picker' }, request: (facts) => http(facts.serviceIp('press'), 840), fails: 'always' },
  proof: 'nodes',
  open: 'kube-proxy',
  runs: [finds(['KP-02'], { beside: ['KP-01'], never: ['SVC-01', 'SVC-02', 'POD-03'] })],
};
