import { across } from '../scenario/across.ts';
import { type Fault, staysFree } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story:
    'Docker set the policy of FORWARD to DROP years ago. The rules of the CNI accept what pods send, so nobody ever noticed.',
  ...across({ namespace: 'granary', server: 'silo', listens: 8121, client: 'farmer' }),
  disturbs: 'cluster',
  inject: [{ at: { node: 'node-b' }, run: ['iptables', '-P', 'FORWARD', 'DROP'] }],
  heal: [{ at: { node: 'node-b' }, run: ['iptables', '-P', 'FORWARD', 'ACCEPT'] }],
  symptom: { at: { pod: 'farmer' }, request: http('silo', 80), fails: 'never' },
  runs: [staysFree],
};
