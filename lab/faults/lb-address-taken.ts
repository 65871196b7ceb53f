import { across } from '../scenario/across.ts';
import { externalAddressAnswers, findsAs } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import { type Manifest, service } from '../scenario/manifest.ts';

const setting = across({ namespace: 'pavilion', server: 'conductor', listens: 8325, client: 'listener' });
const ADDRESS = '10.0.0.217';
const balanced = (name: string): Manifest => {
  const made = service('pavilion', name, {
    type: 'LoadBalancer',
    selector: { app: 'conductor' },
    ports: [{ port: 80, targetPort: 8325 }],
  });
  const annotations = { 'metallb.io/loadBalancerIPs': ADDRESS };
  return { ...made, metadata: { ...made.metadata, annotations } as Manifest['metadata'] };
};

export const fault: Fault = {
  story:
    'While the Service was being replaced, a second one with the same wish took its address. The old one stays pending.',
  ...setting,
  on: ['doors'],
  objects: [...setting.objects, balanced('conductor')],
  inject: [
    { remove: 'service conductor' },
    { apply: [balanced('understudy')] },
    { wait: { get: ['service', 'understudy', '-o', 'jsonpath={.status}'], shows: new RegExp(ADDRESS) } },
    { apply: [balanced('conductor')] },
  ],
  heal: [{ remove: 'service understudy' }],
  symptom: { at: { net: 'bastion' }, request: externalAddressAnswers('pavilion', 'conductor'), fails: 'always' },
  until: { get: ['events', '-o', 'jsonpath={.items[*].reason}'], shows: /AllocationFailed/ },
  runs: [findsAs('loadbalancer-unreachable', ['LB-01'])],
};
