import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, pinned, service, web } from '../scenario/manifest.ts';
import { proxyLine, proxyLineAsShipped, restartProxyOf } from '../scenario/proxy-config.ts';
import { http } from '../scenario/requests.ts';

const SECOND = '10.0.0.112';
const BIND = { key: 'bindAddress', shipped: '0.0.0.0', value: SECOND };
const second = (how: 'add' | 'del') => ({
  at: { node: 'node-b' },
  run: ['ip', 'address', how, `${SECOND}/24`, 'dev', 'eth0'],
});

export const fault: Fault = {
  story:
    'A node has a second address for its storage, and kube-proxy was bound to it. In nftables mode that is the address with the node ports, and the first one has none.',
  namespace: 'gatehouse',
  flow: { from: 'pod/gatehouse/porter', to: 'node/node-b:31367' },
  on: ['nft'],
  disturbs: 'cluster',
  objects: [
    deployment('gatehouse', web('bell', 8367, { replicas: 1, pod: pinned('node-c') })),
    service('gatehouse', 'bell', {
      type: 'NodePort',
      selector: { app: 'bell' },
      ports: [{ port: 80, targetPort: 8367, nodePort: 31_367 }],
    }),
    client('gatehouse', { name: 'porter', node: 'node-a' }),
  ],
  inject: [second('add'), proxyLine(BIND), restartProxyOf('node-b')],
  heal: [proxyLineAsShipped(BIND), second('del'), restartProxyOf('node-b')],
  symptom: { at: { pod: 'porter' }, request: http('10.0.0.12', 31_367), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['KP-14'], { beside: ['KP-19'], never: ['SVC-01', 'SVC-03', 'POD-03'] })],
};
