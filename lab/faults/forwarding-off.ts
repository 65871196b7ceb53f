import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const onNodeB = { nodeSelector: { 'kubernetes.io/hostname': 'node-b' } };

export const fault: Fault = {
  story:
    'A hardening run set ip_forward to 0 on one node. Pods there still reach each other, but nobody beyond the node.',
  namespace: 'harbor',
  flow: { from: 'pod/harbor/auditor', to: 'svc/harbor/journal:9000' },
  disturbs: 'cluster',
  objects: [
    deployment('harbor', web('journal', 9000, { pod: onNodeB })),
    service('harbor', 'journal', { selector: { app: 'journal' }, ports: [{ port: 9000 }] }),
    client('harbor', { name: 'auditor', node: 'node-a' }),
  ],
  inject: [{ at: { node: 'node-b' }, run: ['sysctl', '-qw', 'net.ipv4.ip_forward=0'] }],
  heal: [{ at: { node: 'node-b' }, run: ['sysctl', '-qw', 'net.ipv4.ip_forward=1'] }],
  symptom: { at: { pod: 'auditor' }, request: http('journal', 9000), fails: 'always' },
  witness: 'IP_INADDRERRORS',
  open: 'node',
  runs: [finds(['NODE-01'])],
};
