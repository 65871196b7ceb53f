import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { service } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const drop = (verb: string) => ['iptables', '-w', verb, 'INPUT', '-p', 'udp', '--dport', '8472', '-j', 'DROP'];
const cables = (targetPort: number) =>
  service('railway', 'signals', { selector: { app: 'signals' }, ports: [{ port: 80, targetPort }] });

export const fault: Fault = {
  story: 'A firewall closed the tunnel to one node. The first repair was a change of the target port, to a wrong one.',
  ...across({ namespace: 'railway', server: 'signals', listens: 8166, client: 'switchman' }),
  disturbs: 'cluster',
  inject: [{ apply: [cables(8616)] }, { at: { node: 'node-b' }, run: drop('-I') }],
  heal: [{ apply: [cables(8166)] }, { at: { node: 'node-b' }, run: drop('-D') }],
  symptom: { at: { pod: 'switchman' }, request: http('signals', 80), fails: 'always' },
  proof: 'nodes',
  runs: [
    finds(['CNI-11', 'SVC-03'], { beside: ['CNI-11', 'SVC-03', 'NODE-08'], never: ['SVC-01', 'POD-03', 'SVC-02'] }),
  ],
};
