import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

const KEY = 'net.bridge.bridge-nf-call-iptables';

export const fault: Fault = {
  story:
    'A sysctl file for virtual machines turned bridge netfilter off. A Service fails only where its pod is on the same node.',
  ...across({ namespace: 'press', server: 'proofs', listens: 8010, client: 'editor', on: 'node-a' }),
  disturbs: 'cluster',
  inject: [{ at: { node: 'node-a' }, run: ['sysctl', '-qw', `${KEY}=0`] }],
  heal: [{ at: { node: 'node-a' }, run: ['sysctl', '-qw', `${KEY}=1`] }],
  symptom: { at: { pod: 'editor' }, request: http('proofs', 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['KP-09'], { never: ['CNI-11', 'SVC-01', 'POD-03'] })],
};
