import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, pinned, service } from '../scenario/manifest.ts';
import { setPodPort } from '../scenario/pod-port.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story:
    'The network service of the node took one veth for its own and released it from the bridge. One pod is deaf, its neighbours are well.',
  namespace: 'aviary',
  flow: { from: 'pod/aviary/keeper', to: 'svc/aviary/parrot' },
  disturbs: 'cluster',
  objects: [
    // Without a readiness probe: it would take the pod out of the Service.
    deployment('aviary', { app: 'parrot', command: ['serve', ':8305'], replicas: 1, pod: pinned('node-b') }),
    service('aviary', 'parrot', { selector: { app: 'parrot' }, ports: [{ port: 80, targetPort: 8305 }] }),
    client('aviary', { name: 'keeper', node: 'node-a' }),
  ],
  inject: [{ at: { node: 'node-b' }, run: (facts) => setPodPort(facts.podIp('parrot'), 'nomaster') }],
  heal: [{ at: { node: 'node-b' }, run: (facts) => setPodPort(facts.podIp('parrot'), 'master', 'cni0') }],
  symptom: { at: { pod: 'keeper' }, request: http('parrot', 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['CNI-21'], { beside: ['CNI-22'], never: ['SVC-01', 'SVC-03', 'POD-03'] })],
};
