import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

const REDIRECT = ['-i', 'cni0', '-p', 'tcp', '--dport', '80', '-j', 'REDIRECT', '--to-ports', '3128'];
const nat = (...words: string[]) => ['iptables', '-t', 'nat', ...words];

export const fault: Fault = {
  story:
    'A transparent web proxy was tried on one node and stopped again; its redirect of port 80 stands before the rules of kube-proxy.',
  ...across({ namespace: 'cloister', server: 'herbs', listens: 8326, client: 'abbot', from: 'node-b', on: 'node-c' }),
  disturbs: 'cluster',
  inject: [{ at: { node: 'node-b' }, run: nat('-I', 'PREROUTING', ...REDIRECT) }],
  heal: [{ at: { node: 'node-b' }, run: nat('-D', 'PREROUTING', ...REDIRECT) }],
  symptom: { at: { pod: 'abbot' }, request: http('herbs', 80), fails: 'always' },
  proof: 'nodes',
  runs: [
    finds(['KP-06', 'KP-07', 'NODE-14'], {
      beside: ['KP-02', 'NODE-08'],
      never: ['SVC-01', 'SVC-03', 'POD-03'],
    }),
  ],
};
