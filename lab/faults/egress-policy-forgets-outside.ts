import { outside } from '../scenario/doors.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { client, type Manifest } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const policy = (cidr: string): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'only-inside', namespace: 'semaphore' },
  spec: {
    podSelector: { matchLabels: { app: 'operator' } },
    policyTypes: ['Egress'],
    egress: [{ ports: [{ protocol: 'UDP', port: 53 }] }, { to: [{ ipBlock: { cidr } }] }],
  },
});

export const fault: Fault = {
  story:
    'The partner moved to a new network. The block of addresses in the policy for the way out is still the old one.',
  namespace: 'semaphore',
  flow: { from: 'pod/semaphore/operator', to: 'svc/semaphore/partner' },
  on: ['doors'],
  objects: [...outside('semaphore', 'partner'), client('semaphore', { name: 'operator' }), policy('198.51.100.0/24')],
  inject: [{ apply: [policy('192.0.2.0/24')] }],
  heal: [{ apply: [policy('198.51.100.0/24')] }],
  symptom: { at: { pod: 'operator' }, request: http('partner', 80, { seconds: 1 }), fails: 'always' },
  runs: [finds(['NP-02'], { never: ['SVC-01', 'SVC-02', 'NP-03'] })],
};
