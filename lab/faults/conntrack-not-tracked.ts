import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

const RULE = ['PREROUTING', '-i', 'cni0', '-p', 'tcp', '--dport', '80', '-j', 'NOTRACK'];
const raw = (action: string) => ({ at: { node: 'node-c' }, run: ['iptables', '-t', 'raw', action, ...RULE] });

export const fault: Fault = {
  story:
    'To spare the conntrack table of one node somebody excepted port 80 from tracking. What is not tracked is not translated either.',
  ...across({
    namespace: 'weighbridge',
    server: 'scale',
    listens: 8341,
    client: 'truck',
    from: 'node-c',
    on: 'node-b',
  }),
  disturbs: 'cluster',
  inject: [raw('-I')],
  heal: [raw('-D')],
  symptom: { at: { pod: 'truck' }, request: http('scale', 80), fails: 'always' },
  proof: 'nodes',
  runs: [
    finds(['KP-07'], {
      beside: ['KP-02', 'KP-05', 'NODE-08'],
      never: ['SVC-01', 'SVC-03', 'POD-03', 'CT-01'],
    }),
  ],
};
