import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { proxyLine, proxyLineAsShipped, restartProxyOf } from '../scenario/proxy-config.ts';
import { http } from '../scenario/requests.ts';

// A container may read nf_conntrack_max and not write it, and kube-proxy ends itself when it cannot.
const LIMIT = { key: 'maxPerCore', shipped: '0', value: '65536' };

export const fault: Fault = {
  story:
    'The nodes are containers themselves, and the new configuration sets a conntrack limit that they may not set. kube-proxy crashes where it was restarted.',
  ...across({ namespace: 'aqueduct', server: 'sluice', listens: 8322, client: 'keeper', from: 'node-b', on: 'node-c' }),
  disturbs: 'cluster',
  inject: [
    proxyLine(LIMIT),
    {
      kubectl: [
        '-n',
        'kube-system',
        'delete',
        'pods',
        '-l',
        'k8s-app=kube-proxy',
        '--field-selector',
        'spec.nodeName=node-b',
        '--grace-period=1',
      ],
    },
    { kubectl: ['-n', 'aqueduct', 'rollout', 'restart', 'deploy/sluice'] },
    { kubectl: ['-n', 'aqueduct', 'rollout', 'status', 'deploy/sluice', '--timeout=60s'] },
  ],
  until: { get: ['pods', '-n', 'kube-system', '-l', 'k8s-app=kube-proxy'], shows: /CrashLoopBackOff/ },
  heal: [proxyLineAsShipped(LIMIT), restartProxyOf('node-b')],
  symptom: { at: { pod: 'keeper' }, request: http('sluice', 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['KP-12'], { beside: ['KP-01', 'KP-02'], never: ['SVC-01', 'SVC-02', 'SVC-03', 'POD-03'] })],
};
