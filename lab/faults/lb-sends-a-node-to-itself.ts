import { across } from '../scenario/across.ts';
import { findsAs } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import { provided, provider } from '../scenario/provider.ts';
import { http } from '../scenario/requests.ts';

const balanced = {
  ...{ namespace: 'mirror-hall', service: 'glazier', address: '203.0.113.88', nodePort: 32088 },
  targets: ['node-b'],
};
const setting = across({
  ...{ namespace: 'mirror-hall', server: 'glazier', listens: 8488, client: 'polisher' },
  ...{ on: 'node-b', from: 'node-b' },
});
const { stands, keepsClients, hidesClients } = provider(balanced);

export const fault: Fault = {
  story:
    'For the audit the load balancer keeps the addresses of clients now. A pod beside the server calls the public name, as always, and gets no answer: its node would have to hear from itself.',
  ...setting,
  on: ['doors'],
  objects: [
    ...setting.objects.filter(({ kind }) => kind !== 'Service'),
    provided({ ...balanced, listens: 8488, more: { externalTrafficPolicy: 'Local' } }),
  ],
  beforehand: stands,
  inject: [keepsClients],
  heal: [hidesClients],
  symptom: { at: { pod: 'polisher' }, request: http(balanced.address, 80), fails: 'always' },
  proof: 'nodes',
  runs: [findsAs('loadbalancer-unreachable', ['LB-06'], { never: ['LB-05', 'LB-02', 'SVC-15'] })],
};
