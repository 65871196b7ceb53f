import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

const RULE = ['POSTROUTING', '-d', '198.51.100.7', '-p', 'tcp', '-j', 'MASQUERADE', '--to-ports', '40000-40007'];
const nat = (action: string) => ({ at: { node: 'node-c' }, run: ['iptables', '-t', 'nat', action, ...RULE] });
const HOLD = 'for n in 1 2 3 4 5 6 7 8; do exec {fd}<>/dev/tcp/198.51.100.7/80; done; exec sleep 600';

export const fault: Fault = {
  story:
    'Masquerading on one node was limited to a few ports for an auditor. A batch job holds them all, and no pod there gets a connection to that host.',
  ...across({ namespace: 'payphone', server: 'booth', listens: 8343, client: 'caller', from: 'node-c', on: 'node-a' }),
  flow: { from: 'pod/payphone/caller', to: 'ip/198.51.100.7:80' },
  disturbs: 'cluster',
  inject: [nat('-I'), { at: { netOf: 'caller' }, keep: ['bash', '-c', HOLD] }],
  heal: [nat('-D')],
  symptom: { at: { pod: 'caller' }, request: http('198.51.100.7', 80, { seconds: 1 }), fails: 'always' },
  proof: 'nodes',
  runs: [
    {
      ...finds(['CT-04'], { beside: ['EGR-04', 'POD-08'], never: ['EGR-01', 'NODE-03', 'CT-01'] }),
      flags: ['new-connections-time-out'],
    },
  ],
};
