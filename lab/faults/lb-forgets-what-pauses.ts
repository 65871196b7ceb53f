import { across } from '../scenario/across.ts';
import { findsAs } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import { provided, provider } from '../scenario/provider.ts';
import { pausing } from '../scenario/requests.ts';

const balanced = { namespace: 'steamer', service: 'purser', address: '203.0.113.61', nodePort: 31861 };
const setting = across({ namespace: 'steamer', server: 'purser', listens: 8461, client: 'passenger', on: 'node-c' });
const { stands, forgets, remembers } = provider(balanced);

const keeping = (milliseconds: string) =>
  provided({
    ...balanced,
    listens: 8461,
    annotations: { 'loadbalancer.openstack.org/timeout-client-data': milliseconds },
  });

export const fault: Fault = {
  story:
    'Connections were to live for half an hour, and the annotation takes milliseconds: the load balancer forgets whoever is silent for two seconds.',
  ...setting,
  on: ['doors'],
  objects: [...setting.objects.filter(({ kind }) => kind !== 'Service'), keeping('1800000')],
  beforehand: stands,
  inject: [{ apply: [keeping('1800')] }, forgets],
  heal: [{ apply: [keeping('1800000')] }, remembers],
  symptom: {
    at: { pod: 'passenger' },
    request: pausing(balanced.address, 80, { pause: 3, whole: 4, silence: 1 }),
    fails: 'always',
  },
  runs: [findsAs('loadbalancer-unreachable', ['LB-07'], { certainty: ['certain'], never: ['CT-07', 'LB-05'] })],
};
