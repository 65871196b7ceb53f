import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { client, pinned } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const setting = (value: 0 | 1) => ({
  at: { node: 'node-a' } as const,
  run: ['sysctl', '-qw', `net.ipv4.vs.conntrack=${value}`],
});

const { objects, ...setup } = across({
  namespace: 'falconry',
  server: 'nest',
  listens: 8670,
  port: 867,
  client: 'falcon',
});

export const fault: Fault = {
  story:
    'A tuning guide for IPVS said to switch vs.conntrack off. Without it nothing is masqueraded: what starts on the node itself keeps the VIP as its source, and the answer goes nowhere.',
  ...setup,
  on: ['ipvs'],
  disturbs: 'cluster',
  objects: [
    ...objects.filter(({ kind }) => kind !== 'Pod'),
    client('falconry', {
      name: 'falcon',
      pod: { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet', ...pinned('node-a') },
    }),
  ],
  inject: [setting(0)],
  heal: [setting(1)],
  symptom: { at: { pod: 'falcon' }, request: (facts) => http(facts.serviceIp('nest'), 867), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['KP-11'], { beside: ['KP-02', 'KP-05'], never: ['SVC-01', 'SVC-02', 'POD-03'] })],
};
