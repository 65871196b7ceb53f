import { across } from '../scenario/across.ts';
import { asked, asksAgain, silent } from '../scenario/asked-anew.ts';
import type { Change } from '../scenario/change.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

const address = (verb: 'add' | 'del'): Change => ({
  at: { net: 'underlay' },
  run: ['ip', 'address', verb, '10.0.0.12/32', 'dev', 'br0'],
});

export const fault: Fault = {
  story:
    'A new box in the server room was given an address by hand, from a list that did not know the nodes. It answers for one of them, and is quicker.',
  ...across({ namespace: 'skerry-light', server: 'lamp', listens: 8385, client: 'keeper' }),
  disturbs: 'cluster',
  inject: [silent, address('add'), asked],
  heal: [address('del'), asksAgain, asked],
  symptom: { at: { pod: 'keeper' }, request: http('lamp', 80), fails: 'always' },
  proof: 'nodes',
  runs: [finds(['NODE-13'], { beside: ['NODE-11'], never: ['SVC-01', 'SVC-03', 'POD-03'] })],
};
