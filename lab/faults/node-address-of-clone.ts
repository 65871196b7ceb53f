import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story:
    'A node was cloned from another and brought its network settings along. Both answer for one address, and who asks last gets the wrong one.',
  ...across({ namespace: 'type-foundry', server: 'anvil', listens: 8351, client: 'smith' }),
  disturbs: 'cluster',
  inject: [
    { at: { node: 'node-c' }, run: ['ip', 'address', 'add', '10.0.0.12/32', 'dev', 'eth0'] },
    { at: { node: 'node-a' }, run: ['ip', 'neigh', 'flush', 'to', '10.0.0.12'] },
  ],
  heal: [
    { at: { node: 'node-c' }, run: ['ip', 'address', 'del', '10.0.0.12/32', 'dev', 'eth0'] },
    { at: { node: 'node-a' }, run: ['ip', 'neigh', 'flush', 'to', '10.0.0.12'] },
  ],
  symptom: { at: { pod: 'smith' }, request: http('anvil', 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['CNI-25'], { beside: ['NODE-11', 'NODE-13'], never: ['SVC-01', 'SVC-03', 'POD-03'] })],
};
