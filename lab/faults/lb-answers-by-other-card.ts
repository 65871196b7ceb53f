import { across } from '../scenario/across.ts';
import type { Change } from '../scenario/change.ts';
import { findsAs, fromOutside } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import { service } from '../scenario/manifest.ts';
import { onRouter } from '../scenario/on-router.ts';

const setting = across({ namespace: 'switchyard', server: 'shunter', listens: 8389, client: 'brakeman' });

const link = (...words: string[]): Change => ({ at: { net: 'underlay' }, run: ['ip', ...words] });
const onNode = (...words: string[]): Change => ({ at: { node: 'node-b' }, run: ['ip', ...words] });

// Each of its sides has a memory of its own.
const FIREWALL = `
table ip second {
  chain side { type filter hook prerouting priority raw; iifname "storage" ct zone set 7; }
  chain pass { type filter hook forward priority filter; iifname "storage" ct state invalid drop; }
}`;

export const fault: Fault = {
  story:
    'A node was given a second card for storage, with a route by it to where visitors come from. It answers visitors by it, and the firewall there has seen no request of theirs.',
  ...setting,
  flow: { from: 'outside/ip/198.51.100.7', to: 'svc/switchyard/shunter' },
  on: ['doors'],
  disturbs: 'cluster',
  objects: [
    ...setting.objects,
    service('switchyard', 'shunter', {
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      selector: { app: 'shunter' },
      ports: [{ port: 80, targetPort: 8389 }],
    }),
  ],
  beforehand: [onRouter(FIREWALL)],
  inject: [
    {
      at: { net: 'underlay' },
      run: ({ lab }) => [
        ...['ip', 'link', 'add', 'storage', 'type', 'veth', 'peer', 'name', 'eth1'],
        ...['netns', `${lab.prefix}-node-b`],
      ],
    },
    link('address', 'add', '10.9.0.1/24', 'dev', 'storage'),
    link('link', 'set', 'storage', 'up'),
    onNode('address', 'add', '10.9.0.12/24', 'dev', 'eth1'),
    onNode('link', 'set', 'eth1', 'up'),
    onNode('route', 'add', '198.51.100.0/24', 'via', '10.9.0.1', 'dev', 'eth1'),
  ],
  heal: [link('link', 'del', 'storage')],
  symptom: {
    at: { net: 'ext' },
    request: ({ balancerIp }) => fromOutside(balancerIp('shunter'), 80),
    fails: 'always',
  },
  witness: 'NETFILTER_DROP',
  runs: [
    {
      ...findsAs('outside-cannot-reach', ['LB-08'], {
        ...{ exit: 5, result: 'inconclusive', certainty: ['possible'], never: ['LB-04', 'SVC-15', 'NODE-03'] },
      }),
      level: 'node',
    },
  ],
};
