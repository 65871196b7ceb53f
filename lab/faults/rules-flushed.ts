import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story:
    'A security job ran "iptables -t nat -F" on one node. Every Service is dead from there, and kube-proxy does not look again for an hour.',
  ...across({ namespace: 'printer', server: 'queue', listens: 8631, port: 631, client: 'desk', from: 'node-c' }),
  disturbs: 'cluster',
  inject: [{ at: { node: 'node-c' }, run: ['iptables', '-t', 'nat', '-F'] }],
  heal: [
    { restart: 'kube-proxy', node: 'node-c' },
    { restart: 'flannel', node: 'node-c' },
  ],
  symptom: { at: { pod: 'desk' }, request: (facts) => http(facts.serviceIp('queue'), 631), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['KP-05'], { beside: ['NODE-04', 'DNS-21'], never: ['SVC-01', 'POD-03'] })],
};
