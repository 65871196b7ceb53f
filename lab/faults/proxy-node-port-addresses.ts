import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, pinned, service, web } from '../scenario/manifest.ts';
import { proxyLine, proxyLineAsShipped, restartProxyOf } from '../scenario/proxy-config.ts';
import { http } from '../scenario/requests.ts';

const ADDRESSES = { key: 'nodePortAddresses', shipped: 'null', value: '["192.0.2.0/24"]' };

export const fault: Fault = {
  story:
    'nodePortAddresses names the network the nodes had before the move. On the node that was restarted no node port answers.',
  namespace: 'turnstile',
  flow: { from: 'pod/turnstile/fan', to: 'node/node-b:31329' },
  disturbs: 'cluster',
  objects: [
    deployment('turnstile', web('arena', 8329, { replicas: 1, pod: pinned('node-c') })),
    service('turnstile', 'arena', {
      type: 'NodePort',
      selector: { app: 'arena' },
      ports: [{ port: 80, targetPort: 8329, nodePort: 31_329 }],
    }),
    client('turnstile', { name: 'fan', node: 'node-a' }),
  ],
  inject: [proxyLine(ADDRESSES), restartProxyOf('node-b')],
  heal: [proxyLineAsShipped(ADDRESSES), restartProxyOf('node-b')],
  symptom: { at: { pod: 'fan' }, request: http('10.0.0.12', 31_329), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['KP-19'], { beside: ['KP-14', 'KP-02'], never: ['SVC-01', 'SVC-03', 'POD-03'] })],
};
