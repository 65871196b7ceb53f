import { across } from '../scenario/across.ts';
import type { Fault } from '../scenario/fault.ts';
import { staysFree } from '../scenario/fault.ts';
import { deployment, pinned, web } from '../scenario/manifest.ts';
import { provided, provider } from '../scenario/provider.ts';
import { http } from '../scenario/requests.ts';

const balanced = { namespace: 'ticket-hall', service: 'inspector', address: '203.0.113.94', nodePort: 31494 };
const setting = across({
  namespace: 'ticket-hall',
  server: 'inspector',
  listens: 8494,
  client: 'commuter',
  from: 'node-c',
});
const { stands } = provider(balanced);

// Two lines and an empty one within a second, as servers wait that are tired of those who dawdle.
const HURRY = `timeout 1 sh -c 'while read -r line && [ "\${#line}" -gt 1 ]; do :; done' || exit
printf 'HTTP/1.0 200 OK\\r\\nContent-Length: 3\\r\\n\\r\\nok\\n'`;

export const fault: Fault = {
  story:
    'The annotation is from the provider before, and this one does not read it. The server ends requests that are not whole after a second, by every way.',
  ...setting,
  on: ['doors'],
  objects: [
    ...setting.objects.filter(({ kind }) => !['Service', 'Deployment'].includes(kind)),
    deployment(
      'ticket-hall',
      web('inspector', 8494, {
        // Each lets no more than two wait to be accepted, and nine come at once.
        replicas: 4,
        command: ['nc', '-ll', '-p', '8494', '-e', 'sh', '-c', HURRY],
        pod: pinned('node-b'),
      }),
    ),
    provided({
      ...balanced,
      listens: 8494,
      annotations: { 'loadbalancer.openstack.org/timeout-member-data': '1500' },
    }),
  ],
  beforehand: stands,
  inject: [],
  symptom: { at: { pod: 'commuter' }, request: http(balanced.address, 80), fails: 'never' },
  runs: [
    { ...staysFree, flags: ['loadbalancer-unreachable'] },
    { ...staysFree, flags: ['loadbalancer-unreachable'], level: 'node' },
  ],
};
