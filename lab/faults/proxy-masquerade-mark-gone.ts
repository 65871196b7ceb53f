import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

const mark = (action: string) => ['iptables', '-t', 'nat', action, 'KUBE-MARK-MASQ'];

export const fault: Fault = {
  story:
    'A script that "cleans marks" emptied KUBE-MARK-MASQ on one node. A pod that asks its own Service and gets itself never hears an answer.',
  ...across({
    namespace: 'mirrors',
    server: 'mirror',
    listens: 8324,
    client: 'visitor',
    on: 'node-b',
    address: '10.96.77.24',
  }),
  flow: { from: 'deploy/mirrors/mirror', to: 'svc/mirrors/mirror' },
  disturbs: 'cluster',
  inject: [{ at: { node: 'node-b' }, run: mark('-F') }],
  heal: [
    { at: { node: 'node-b' }, run: [...mark('-A'), '-j', 'MARK', '--or-mark', '0x4000'] },
    { restart: 'kube-proxy', node: 'node-b' },
  ],
  symptom: { at: { netOf: 'app=mirror' }, request: http('10.96.77.24', 80), fails: 'always' },
  proof: 'nodes',
  runs: [
    finds(['KP-11', 'KP-05'], {
      beside: ['KP-02', 'KP-05', 'KP-10'],
      never: ['SVC-01', 'SVC-02', 'SVC-03', 'POD-03'],
    }),
  ],
};
