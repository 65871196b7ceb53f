import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service } from '../scenario/manifest.ts';
import { spreadOver } from '../scenario/replicas.ts';
import { http } from '../scenario/requests.ts';

const LOSS = `table netdev splice {
  chain in { type filter hook ingress device u-node-b priority 0; numgen random mod 100 < 20 drop; }
}`;

export const fault: Fault = {
  story:
    'Rain got into a splice: one packet in five that leaves one node is lost. Two of four replicas are slow, now and then.',
  namespace: 'ropeway',
  flow: { from: 'pod/ropeway/cabin', to: 'svc/ropeway/wheel' },
  disturbs: 'cluster',
  slow: true,
  objects: [
    deployment('ropeway', {
      app: 'wheel',
      command: ['serve', ':8734'],
      replicas: 4,
      pod: spreadOver('node-b', 'node-c'),
    }),
    service('ropeway', 'wheel', {
      selector: { app: 'wheel' },
      ports: [{ name: 'http', port: 80, targetPort: 8734 }],
    }),
    client('ropeway', { name: 'cabin', node: 'node-a' }),
  ],
  inject: [{ at: { net: 'underlay' }, run: ['nft', LOSS] }],
  heal: [{ at: { net: 'underlay' }, run: ['nft', 'delete', 'table', 'netdev', 'splice'] }],
  symptom: { at: { pod: 'cabin' }, request: http('wheel', 80, { seconds: 1 }), fails: 'sometimes' },
  witness: 'NETFILTER_DROP',
  proof: 'nodes',
  runs: [
    {
      ...finds(['NODE-11'], { beside: ['NODE-05'], never: ['SVC-05', 'SVC-09', 'POD-03', 'POD-06'] }),
      flags: ['intermittent', '--record', '30'],
    },
  ],
};
