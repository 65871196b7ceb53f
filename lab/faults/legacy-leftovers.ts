import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story:
    'A script from before the upgrade still writes rules with iptables-legacy. Beside those of kube-proxy they send the Service to a pod long gone.',
  ...across({ namespace: 'tailor', server: 'orders', listens: 8300, client: 'fitter', from: 'node-b', on: 'node-c' }),
  disturbs: 'cluster',
  inject: [
    {
      at: { node: 'node-b' },
      run: (facts) => [
        ...[
          'iptables-legacy',
          '-t',
          'nat',
          '-I',
          'PREROUTING',
          '-d',
          facts.serviceIp('orders'),
          '-p',
          'tcp',
          '--dport',
        ],
        ...['80', '-m', 'comment', '--comment', 'tailor/orders', '-j', 'DNAT', '--to-destination', '10.244.7.77:8300'],
      ],
    },
  ],
  heal: [{ at: { node: 'node-b' }, run: ['iptables-legacy', '-t', 'nat', '-F'] }],
  symptom: { at: { pod: 'fitter' }, request: http('orders', 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['KP-06'], { beside: ['KP-02'], never: ['SVC-01', 'SVC-02', 'POD-03'] })],
};
