import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, pinned, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';
import { rolledOut } from '../scenario/rolled-out.ts';

const where = 'printworks';
const LEASE = '/run/flannel/subnet.env';
const onNode = (...run: string[]) => ({ at: { node: 'node-b' }, run });
const anew = [{ kubectl: ['-n', where, 'rollout', 'restart', 'deploy/ink'] }, rolledOut(where, 'deploy/ink')];

export const fault: Fault = {
  story:
    'The cluster has both families. One node still works with the lease that flannel wrote before IPv6 came, and Pods that are made there now have IPv4 alone. The Service promises both.',
  namespace: where,
  flow: { from: `pod/${where}/roller`, to: `svc/${where}/ink` },
  on: ['routed'],
  disturbs: 'cluster',
  objects: [
    deployment(where, web('ink', 8368, { replicas: 2, pod: pinned('node-b') })),
    service(where, 'ink', {
      selector: { app: 'ink' },
      ipFamilyPolicy: 'RequireDualStack',
      ipFamilies: ['IPv6', 'IPv4'],
      ports: [{ port: 80, targetPort: 8368 }],
    }),
    client(where, { name: 'roller', node: 'node-a' }),
  ],
  inject: [onNode('sed', '-i.both', '/IPV6/d', LEASE), ...anew],
  heal: [onNode('mv', `${LEASE}.both`, LEASE), ...anew],
  symptom: { at: { pod: 'roller' }, request: ({ serviceIp }) => http(serviceIp('ink'), 80), fails: 'always' },
  runs: [finds(['SVC-16'], { never: ['SVC-01', 'SVC-02', 'SVC-03', 'POD-03', 'POD-04'] })],
};
