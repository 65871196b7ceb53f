import { across } from '../scenario/across.ts';
import { asked, asksAgain, silent } from '../scenario/asked-anew.ts';
import type { Change } from '../scenario/change.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

const address = (verb: 'add' | 'del'): Change => ({
  at: { node: 'node-c' },
  run: ['ip', 'address', verb, '10.0.0.12/32', 'dev', 'eth0'],
});
// A switch asks the cable first that was plugged in last, so the clone is the quicker one to answer.
const cable = (...words: string[]): Change => ({
  at: { net: 'underlay' },
  run: ['ip', 'link', 'set', 'u-node-c', ...words],
});

export const fault: Fault = {
  story:
    'A node was cloned from another and brought its network settings along. Both answer for one address, and the clone is quicker.',
  ...across({ namespace: 'type-foundry', server: 'anvil', listens: 8351, client: 'smith' }),
  disturbs: 'cluster',
  inject: [silent, address('add'), cable('nomaster'), cable('master', 'br0'), asked],
  heal: [address('del'), asksAgain, asked],
  symptom: { at: { pod: 'smith' }, request: http('anvil', 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['CNI-25'], { beside: ['NODE-11', 'NODE-13'], never: ['SVC-01', 'SVC-03', 'POD-03'] })],
};
