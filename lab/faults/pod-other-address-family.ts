import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, pinned, service } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';
import { rolledOut } from '../scenario/rolled-out.ts';

const where = 'phonebook';
const listing = (address: string) =>
  deployment(where, {
    app: 'listing',
    command: ['serve', address],
    ports: [{ containerPort: 8773, name: 'http' }],
    env: [{ name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }],
    pod: pinned('node-b'),
  });

export const fault: Fault = {
  story:
    'The Service has an address of IPv6 alone. The new release of the server listens at the address of its Pod as the variable says it, which is that of IPv4.',
  namespace: where,
  flow: { from: `pod/${where}/reader`, to: `svc/${where}/listing` },
  on: ['routed'],
  objects: [
    listing(':8773'),
    service(where, 'listing', {
      selector: { app: 'listing' },
      ipFamilyPolicy: 'SingleStack',
      ipFamilies: ['IPv6'],
      ports: [{ port: 80, targetPort: 'http' }],
    }),
    client(where, { name: 'reader', node: 'node-a' }),
  ],
  inject: [{ apply: [listing('$(POD_IP):8773')] }, rolledOut(where, 'deploy/listing')],
  symptom: { at: { pod: 'reader' }, request: ({ serviceIp }) => http(serviceIp('listing'), 80), fails: 'always' },
  runs: [finds(['POD-04'], { never: ['SVC-01', 'SVC-02', 'SVC-03', 'KP-01', 'DNS-22'] })],
};
