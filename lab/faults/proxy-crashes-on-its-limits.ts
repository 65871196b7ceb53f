import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { crashed } from '../scenario/proxy-crash.ts';
import { http } from '../scenario/requests.ts';

// A container may read nf_conntrack_max and not write it, and kube-proxy ends itself when it cannot.
const LIMIT = { key: 'maxPerCore', shipped: '0', value: '65536' };

export const fault: Fault = {
  story:
    'The nodes are containers themselves, and the new configuration sets a conntrack limit that they may not set. kube-proxy crashes where it was restarted.',
  ...across({ namespace: 'aqueduct', server: 'sluice', listens: 8322, client: 'keeper', from: 'node-b', on: 'node-c' }),
  disturbs: 'cluster',
  ...crashed({ node: 'node-b', namespace: 'aqueduct', server: 'sluice', line: LIMIT }),
  symptom: { at: { pod: 'keeper' }, request: http('sluice', 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['KP-12'], { beside: ['KP-01', 'KP-02'], never: ['SVC-01', 'SVC-02', 'SVC-03', 'POD-03'] })],
};
