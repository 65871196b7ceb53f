import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

// kube-proxy leaves the weight of a real server that it knows alone, until it starts anew.
const weigh = 'ipvsadm -e -t "$1:850" -r "$2:8560" -m -w 0';

export const fault: Fault = {
  story:
    'Somebody drained a real server by hand before an upgrade and never gave it its weight back. The pod is ready, and gets nothing.',
  ...across({ namespace: 'smithy', server: 'anvil', listens: 8560, port: 850, client: 'smith' }),
  on: ['ipvs'],
  disturbs: 'cluster',
  inject: [
    {
      at: { node: 'node-a' },
      run: (facts) => ['sh', '-c', weigh, 'weigh', facts.serviceIp('anvil'), facts.podIp('anvil')],
    },
  ],
  heal: [{ restart: 'kube-proxy', node: 'node-a' }],
  symptom: { at: { pod: 'smith' }, request: (facts) => http(facts.serviceIp('anvil'), 850), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['IPVS-06'], { beside: ['IPVS-02', 'KP-02'], never: ['SVC-01', 'SVC-02', 'POD-03'] })],
};
