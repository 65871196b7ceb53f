import { across } from '../scenario/across.ts';
import { findsAs, fromOutside } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import { provided, provider } from '../scenario/provider.ts';

const balanced = { namespace: 'container-yard', service: 'forklift', address: '203.0.113.75', nodePort: 30975 };
const setting = across({
  ...{ namespace: 'container-yard', server: 'forklift', listens: 8475, client: 'clerk', replicas: 2 },
  ...{ on: 'node-c', from: 'node-b' },
});
const { stands, isCutOff, isLetIn } = provider(balanced);

export const fault: Fault = {
  story:
    'The firewall of the nodes was tidied up, and what let the load balancer in looked like a leftover. Inside, everything answers.',
  ...setting,
  on: ['doors'],
  objects: [...setting.objects.filter(({ kind }) => kind !== 'Service'), provided({ ...balanced, listens: 8475 })],
  beforehand: stands,
  inject: [isCutOff],
  heal: [isLetIn],
  symptom: { at: { net: 'ext' }, request: fromOutside(balanced.address, 80), fails: 'always' },
  witness: 'NETFILTER_DROP',
  proof: 'nodes',
  runs: [findsAs('loadbalancer-unreachable', ['LB-02'], { never: ['LB-06', 'SVC-15'] })],
};
