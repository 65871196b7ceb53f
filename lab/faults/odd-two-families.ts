import { type Fault, staysFree } from '../scenario/fault.ts';
import { client, deployment, pinned, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const where = 'esperanto';

export const fault: Fault = {
  story:
    'The Service has an address of each family, IPv6 first, and the pods go from node to node without a tunnel. Everything works.',
  namespace: where,
  flow: { from: `pod/${where}/guest`, to: `svc/${where}/teacher` },
  on: ['routed'],
  objects: [
    deployment(where, web('teacher', 8341, { replicas: 2, pod: pinned('node-b') })),
    service(where, 'teacher', {
      selector: { app: 'teacher' },
      ipFamilyPolicy: 'RequireDualStack',
      ipFamilies: ['IPv6', 'IPv4'],
      ports: [{ port: 80, targetPort: 8341 }],
    }),
    client(where, { name: 'guest', node: 'node-a' }),
  ],
  inject: [],
  symptom: { at: { pod: 'guest' }, request: (facts) => http(facts.serviceIp('teacher'), 80), fails: 'never' },
  runs: [staysFree],
};
