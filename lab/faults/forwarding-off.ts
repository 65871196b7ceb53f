import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story:
    'A hardening run set ip_forward to 0 on one node. Pods there still reach each other, but nobody beyond the node.',
  ...across({ namespace: 'harbor', server: 'journal', listens: 9000, port: 9000, client: 'auditor' }),
  disturbs: 'cluster',
  inject: [{ at: { node: 'node-b' }, run: ['sysctl', '-qw', 'net.ipv4.ip_forward=0'] }],
  heal: [{ at: { node: 'node-b' }, run: ['sysctl', '-qw', 'net.ipv4.ip_forward=1'] }],
  symptom: { at: { pod: 'auditor' }, request: http('journal', 9000), fails: 'always' },
  witness: 'IP_INADDRERRORS',
  proof: 'nodes',
  runs: [finds(['NODE-01'])],
};
