import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

// The way back to the client's pods leaves by another interface than their packets come in by.
const asymmetric = (pod: string) => [
  'ip',
  'route',
  'replace',
  pod.replace(/\d+$/, '0/24'),
  'via',
  '10.0.0.11',
  'dev',
  'eth0',
];
const STRICT = ['net.ipv4.conf.all.rp_filter=1', 'net.ipv4.conf.flannel/1.rp_filter=1'];
const LOOSE = ['net.ipv4.conf.all.rp_filter=0', 'net.ipv4.conf.flannel/1.rp_filter=0'];

export const fault: Fault = {
  story:
    'A second way between two nodes was added by hand, and the new base image filters by reverse path: what comes in by the tunnel is thrown away.',
  ...across({ namespace: 'bridge', server: 'lookout', listens: 8500, client: 'helm' }),
  disturbs: 'cluster',
  inject: [
    { at: { node: 'node-b' }, run: (facts) => asymmetric(facts.podIp('helm')) },
    { at: { node: 'node-b' }, run: ['sysctl', '-qw', ...STRICT] },
  ],
  heal: [
    { at: { node: 'node-b' }, run: ['sysctl', '-qw', ...LOOSE] },
    { restart: 'flannel', node: 'node-b' },
  ],
  symptom: { at: { pod: 'helm' }, request: http('lookout', 80), fails: 'always' },
  witness: 'IP_RPFILTER',
  proof: 'nodes',
  runs: [finds(['NODE-02'], { beside: ['CNI-14'], never: ['SVC-01', 'POD-03'] })],
};
