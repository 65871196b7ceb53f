import { across } from '../scenario/across.ts';
import { externalAddressAnswers, findsAs } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import { type Manifest, service } from '../scenario/manifest.ts';

const setting = across({ namespace: 'parlour', server: 'hostess', listens: 8324, client: 'caller' });
const balanced = (name: string, labels = {}): Manifest => {
  const made = service('parlour', name, {
    type: 'LoadBalancer',
    allocateLoadBalancerNodePorts: false,
    selector: { app: 'hostess' },
    ports: [{ port: 80, targetPort: 8324 }],
  });
  return { ...made, metadata: { ...made.metadata, labels } };
};

// One for each address of the pool.
const others = Array.from({ length: 20 }, (_, at) => balanced(`demo-${at + 1}`, { for: 'demo' }));

export const fault: Fault = {
  story:
    'The load balancer ran out of addresses: demos that nobody removed hold them all, and the Service that was made anew stays pending.',
  ...setting,
  on: ['doors'],
  disturbs: 'cluster',
  objects: [...setting.objects, balanced('hostess')],
  inject: [
    { remove: 'service hostess' },
    { apply: others },
    // The controller works through a queue: the first comes last only when the rest have been looked at.
    { wait: { get: ['events', '-o', 'jsonpath={.items[*].reason}'], shows: /AllocationFailed/ } },
    { apply: [balanced('hostess')] },
  ],
  heal: [{ remove: 'services -l for=demo' }],
  symptom: { at: { net: 'bastion' }, request: externalAddressAnswers('parlour', 'hostess'), fails: 'always' },
  runs: [findsAs('loadbalancer-unreachable', ['LB-01'])],
};
