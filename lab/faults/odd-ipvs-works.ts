import { across } from '../scenario/across.ts';
import { type Fault, staysFree } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story:
    'kube-proxy writes no rule per Service here: every VIP is an address of the node itself, on an interface that is down, and iptables-save shows nothing of it.',
  ...across({ namespace: 'sluice', server: 'lock', listens: 8780, port: 878, client: 'barge', replicas: 2 }),
  on: ['ipvs'],
  inject: [],
  symptom: { at: { pod: 'barge' }, request: (facts) => http(facts.serviceIp('lock'), 878), fails: 'never' },
  runs: [staysFree],
};
