import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, pinned, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const door = deployment('lobby', {
  ...web('door', 8960, { replicas: 1, pod: pinned('node-b') }),
  ports: [{ containerPort: 8960, hostPort: 9960 }],
});

export const fault: Fault = {
  story:
    'The rules of a node were reloaded. kube-proxy put its own back, but nobody puts the hostPort of a running pod back.',
  namespace: 'lobby',
  flow: { from: 'pod/lobby/guest', to: 'node/node-b:9960' },
  disturbs: 'cluster',
  objects: [door, client('lobby', { name: 'guest', node: 'node-a' })],
  inject: [{ at: { node: 'node-b' }, run: ['iptables', '-t', 'nat', '-F', 'CNI-HOSTPORT-DNAT'] }],
  heal: [{ remove: 'pods -l app=door' }],
  symptom: { at: { pod: 'guest' }, request: http('10.0.0.12', 9960), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['KP-18'], { beside: ['KP-05'] })],
};
