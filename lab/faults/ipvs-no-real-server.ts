import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { freeze, thaw } from '../scenario/freeze.ts';
import { ipvsTimeouts } from '../scenario/ipvs-timeouts.ts';
import { http } from '../scenario/requests.ts';
import { rolledOut } from '../scenario/rolled-out.ts';

const scaled = (replicas: number) => ({
  kubectl: ['-n', 'orchard', 'scale', 'deploy/press', `--replicas=${replicas}`],
});
// What the node's own table says: the sign that kube-proxy has seen the empty Service before it hangs.
const EMPTY = 'while ipvsadm -Ln -t "$1:840" | grep -q -- "->.*Masq"; do sleep 0.5; done';

export const fault: Fault = {
  story:
    'The deployment was scaled to zero over night. kube-proxy of one node hung before morning, and its virtual server has no real server since.',
  ...across({ namespace: 'orchard', server: 'press', listens: 8340, port: 840, client: 'picker' }),
  on: ['ipvs'],
  disturbs: 'cluster',
  // A real server stays for as long as a connection to it has not ended for good.
  beforehand: [ipvsTimeouts({ ending: 1 })],
  inject: [
    scaled(0),
    {
      at: { node: 'node-a' },
      run: (facts) => ['timeout', '240', 'sh', '-c', EMPTY, 'empty', facts.serviceIp('press')],
    },
    freeze('node-a', 'kube-proxy'),
    scaled(1),
    rolledOut('orchard', 'deploy/press'),
  ],
  heal: [thaw('node-a', 'kube-proxy'), scaled(1), ipvsTimeouts()],
  symptom: { at: { pod: 'picker' }, request: (facts) => http(facts.serviceIp('press'), 840), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['KP-02'], { beside: ['KP-01'], never: ['SVC-01', 'SVC-02', 'POD-03'] })],
};
