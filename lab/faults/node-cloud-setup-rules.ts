import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, pinned, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

// What nm-cloud-setup sets for the address of a card, in the table whose number it takes from 30400 on.
const CAPTURE = `
ip route add default via 10.0.0.1 dev eth0 table 30400
ip rule add priority 30400 from 10.0.0.12 table 30400`;
const RELEASE = `
ip rule del priority 30400
ip route flush table 30400`;

export const fault: Fault = {
  story:
    'An image of the distribution came with a helper for clouds. What a node sends with its own address leaves by its card, also what is for the Pods on it.',
  namespace: 'apiary',
  flow: { from: 'pod/apiary/beekeeper', to: 'svc/apiary/hive' },
  disturbs: 'cluster',
  objects: [
    deployment('apiary', web('hive', 8353, { replicas: 1, pod: { ...pinned('node-b'), hostNetwork: true } })),
    service('apiary', 'hive', { selector: { app: 'hive' }, ports: [{ port: 80, targetPort: 8353 }] }),
    client('apiary', { name: 'beekeeper', node: 'node-b' }),
  ],
  inject: [{ at: { node: 'node-b' }, run: ['sh', '-c', CAPTURE] }],
  heal: [{ at: { node: 'node-b' }, run: ['sh', '-c', RELEASE] }],
  symptom: { at: { pod: 'beekeeper' }, request: http('hive', 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['CNI-23'], { beside: ['NODE-03'], never: ['SVC-01', 'SVC-03', 'POD-03'] })],
};
