import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

const RULE = ['PREROUTING', '-i', 'cni0', '-j', 'CT', '--zone', '7'];
const raw = (action: string) => ({ at: { node: 'node-b' }, run: ['iptables', '-t', 'raw', action, ...RULE] });

export const fault: Fault = {
  story:
    'A tool that was removed left a rule that tracks packets of pods in a zone of their own. Answers are looked for in another zone and come back with the address of the pod.',
  ...across({
    namespace: 'customs-house',
    server: 'stamp',
    listens: 8342,
    client: 'trader',
    from: 'node-b',
    on: 'node-a',
  }),
  disturbs: 'cluster',
  inject: [raw('-I')],
  heal: [raw('-D')],
  symptom: { at: { pod: 'trader' }, request: (facts) => http(facts.serviceIp('stamp'), 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['CT-02'], { beside: ['KP-09', 'KP-02'], never: ['SVC-01', 'SVC-03', 'POD-03', 'CT-01'] })],
};
