import { NETWORK } from '../cluster/plan.ts';
import { findsAs } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import { client } from '../scenario/manifest.ts';
import { wall } from '../scenario/outside-wall.ts';
import { http } from '../scenario/requests.ts';

const forbidding = wall({ status: 403, most: 0, from: '10.0.0.12' });
const asks = http(NETWORK.outside, 80);

// Many sound servers forbid a request without credentials, so it stays possible and no more.
const possible = findsAs('egress-fails', ['EGR-07'], {
  exit: 5,
  result: 'inconclusive',
  certainty: ['possible'],
  never: ['EGR-01', 'EGR-03', 'EGR-06', 'NODE-03', 'NP-01', 'MTU-02'],
});

export const fault: Fault = {
  story:
    'The partner lets known addresses in. One node is newer than the list: connections open, and every request from there is answered with 403.',
  namespace: 'drawbridge',
  flow: { from: 'pod/drawbridge/porter', to: `ip/${NETWORK.outside}:80` },
  on: ['doors'],
  disturbs: 'cluster',
  objects: [
    client('drawbridge', { name: 'porter', node: 'node-b' }),
    client('drawbridge', { name: 'stranger', node: 'node-c' }),
  ],
  inject: [...forbidding.stands, { at: { pod: 'stranger' }, run: asks }],
  heal: [forbidding.falls],
  symptom: { at: { pod: 'porter' }, request: asks, fails: 'always' },
  runs: [possible, { ...possible, level: 'node' }],
};
