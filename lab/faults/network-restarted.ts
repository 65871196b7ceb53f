import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story:
    'Somebody corrected the hosts file of a node and restarted its network service: rules, routes of the tunnel and forwarding are gone.',
  ...across({ namespace: 'quarry', server: 'crusher', listens: 8970, client: 'loader', on: 'node-c' }),
  disturbs: 'cluster',
  inject: [
    { at: { node: 'node-c' }, run: ['iptables', '-t', 'nat', '-F'] },
    { at: { node: 'node-c' }, run: ['iptables', '-F'] },
    { at: { node: 'node-c' }, run: ['sysctl', '-qw', 'net.ipv4.ip_forward=0'] },
    { at: { node: 'node-c' }, run: ['ip', 'link', 'set', 'flannel.1', 'down'] },
  ],
  heal: [
    { at: { node: 'node-c' }, run: ['sysctl', '-qw', 'net.ipv4.ip_forward=1'] },
    { at: { node: 'node-c' }, run: ['ip', 'link', 'set', 'flannel.1', 'up'] },
    // In this order: flannel asks the API server through the Service.
    { restart: 'kube-proxy', node: 'node-c' },
    { restart: 'flannel', node: 'node-c' },
  ],
  symptom: { at: { pod: 'loader' }, request: http('crusher', 80), fails: 'always' },
  proof: 'nodes',
  runs: [
    finds(['NODE-04', 'NODE-01'], {
      beside: ['NODE-01', 'KP-05', 'CNI-14', 'CNI-15', 'DNS-21'],
      never: ['SVC-01', 'POD-03'],
    }),
  ],
};
