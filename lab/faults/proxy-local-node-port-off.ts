import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, pinned, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const routeLocalnet = (value: string) => ({
  at: { node: 'node-a' },
  run: ['sysctl', '-qw', `net.ipv4.conf.all.route_localnet=${value}`],
});

export const fault: Fault = {
  story:
    'The agent on a node always called the registry by localhost and its node port. Since the hardening of that node route_localnet is off.',
  namespace: 'pantry',
  flow: { from: 'pod/pantry/cook', to: 'ip/127.0.0.1:31330' },
  disturbs: 'cluster',
  objects: [
    deployment('pantry', web('jars', 8330, { replicas: 1, pod: pinned('node-b') })),
    service('pantry', 'jars', {
      type: 'NodePort',
      selector: { app: 'jars' },
      ports: [{ port: 80, targetPort: 8330, nodePort: 31_330 }],
    }),
    client('pantry', { name: 'cook', node: 'node-a', pod: { hostNetwork: true } }),
  ],
  inject: [routeLocalnet('0')],
  heal: [routeLocalnet('1')],
  symptom: { at: { pod: 'cook' }, request: http('127.0.0.1', 31_330), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['KP-20'], { beside: ['KP-14'], never: ['SVC-01', 'SVC-03', 'POD-03'] })],
};
