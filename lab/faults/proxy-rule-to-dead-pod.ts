import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { subnetOf } from '../scenario/pod-port.ts';
import { http } from '../scenario/requests.ts';

const EDIT = 'iptables-save -t nat | sed "s#to-destination $1:8323#to-destination $2:8323#" | iptables-restore';

export const fault: Fault = {
  story:
    'A saved set of rules was loaded again on one node: half of what the Service is called for goes to a pod of last week.',
  ...across({
    namespace: 'opera',
    server: 'stage',
    listens: 8323,
    client: 'usher',
    from: 'node-c',
    on: 'node-b',
    replicas: 2,
  }),
  disturbs: 'cluster',
  inject: [
    {
      at: { node: 'node-c' },
      run: (facts) => {
        const living = facts.podIp('stage');
        return ['sh', '-c', EDIT, 'edit', living, subnetOf(living).replace(/0$/, '233')];
      },
    },
  ],
  heal: [{ restart: 'kube-proxy', node: 'node-c' }],
  symptom: { at: { pod: 'usher' }, request: http('stage', 80, { seconds: 1 }), fails: 'sometimes' },
  proof: 'nodes',
  runs: [finds(['KP-02'], { beside: ['KP-05', 'KP-03'], never: ['SVC-01', 'SVC-02', 'SVC-03', 'SVC-05', 'POD-03'] })],
};
