import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

// kube-proxy puts the address back every half minute at the latest, and the service takes it off again.
const CLEAN =
  'while :; do ip -o addr show kube-ipvs0 | grep -q "$1/32" && ip addr del "$1/32" dev kube-ipvs0; sleep 0.2; done';

export const fault: Fault = {
  story:
    'The network service of the node takes every interface for its own, and removes from kube-ipvs0 an address that no file of its names. ipvsadm looks perfect.',
  ...across({ namespace: 'lantern', server: 'wick', listens: 8120, port: 812, client: 'keeper' }),
  on: ['ipvs'],
  disturbs: 'cluster',
  inject: [{ at: { node: 'node-a' }, keep: (facts) => ['sh', '-c', CLEAN, 'clean', facts.serviceIp('wick')] }],
  heal: [{ restart: 'kube-proxy', node: 'node-a' }],
  symptom: { at: { pod: 'keeper' }, request: (facts) => http(facts.serviceIp('wick'), 812), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['KP-05', 'KP-02'], { beside: ['KP-03'], never: ['SVC-01', 'SVC-02', 'POD-03'] })],
};
