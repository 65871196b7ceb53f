import { across } from '../scenario/across.ts';
import { findsAs, fromOutside } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import { service } from '../scenario/manifest.ts';

const setting = across({ namespace: 'hostel', server: 'warden', listens: 8322, client: 'guest' });
// Only a rule ahead of the DNAT sees the port: INPUT never does when pods serve it.
const DROP = ['-p', 'tcp', '--dport', '31322', '-j', 'DROP'];
const raw = (how: string) => ['iptables', '-w', '-t', 'raw', how, 'PREROUTING', ...DROP];

export const fault: Fault = {
  story: 'The agent of the security team closes on one node all ports that it does not know, the node port among them.',
  ...setting,
  flow: { from: 'pod/hostel/guest', to: 'node/node-c:31322' },
  on: ['doors'],
  objects: [
    ...setting.objects,
    service('hostel', 'warden', {
      type: 'NodePort',
      selector: { app: 'warden' },
      ports: [{ port: 80, targetPort: 8322, nodePort: 31_322 }],
    }),
  ],
  inject: [{ at: { node: 'node-c' }, run: raw('-I') }],
  heal: [{ at: { node: 'node-c' }, run: raw('-D') }],
  symptom: { at: { net: 'ext' }, request: fromOutside('10.0.0.13', 31_322), fails: 'always' },
  witness: 'NETFILTER_DROP',
  proof: 'nodes',
  runs: [findsAs('nodeport-unreachable', ['NODE-08'])],
};
