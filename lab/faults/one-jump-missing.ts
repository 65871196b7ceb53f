import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

// Only the jump of this one Service, as a partial restore by a foreign tool leaves it.
const CUT = 'iptables-save -t nat | grep -v -- "-A KUBE-SERVICES -d $1/32 " | iptables-restore';

export const fault: Fault = {
  story:
    'A backup of the rules was put back on one node, from before this Service existed. All other Services work there.',
  ...across({ namespace: 'clinic', server: 'records', listens: 8700, port: 8700, client: 'nurse', from: 'node-c' }),
  disturbs: 'cluster',
  inject: [{ at: { node: 'node-c' }, run: (facts) => ['sh', '-c', CUT, 'cut', facts.serviceIp('records')] }],
  heal: [{ restart: 'kube-proxy', node: 'node-c' }],
  symptom: { at: { pod: 'nurse' }, request: http('records', 8700), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['KP-02'], { beside: ['KP-05', 'KP-03'], never: ['SVC-01', 'POD-03'] })],
  repairs: true,
};
