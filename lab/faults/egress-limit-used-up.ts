import { TOOLS } from '../build/images.ts';
import { NETWORK } from '../cluster/plan.ts';
import { findsAs } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import { client } from '../scenario/manifest.ts';
import { wall } from '../scenario/outside-wall.ts';
import { http } from '../scenario/requests.ts';

const limit = wall({ status: 429, most: 200 });
const asks = http(NETWORK.outside, 80);

const found = findsAs('egress-fails', ['EGR-07'], {
  never: ['EGR-01', 'EGR-03', 'EGR-06', 'NODE-03', 'NP-01', 'MTU-02'],
});

export const fault: Fault = {
  story:
    'The partner counts requests by address. A crawler on the same node used the limit up, and everybody behind the address of that node is told 429.',
  namespace: 'honeycomb',
  flow: { from: 'pod/honeycomb/drone', to: `ip/${NETWORK.outside}:80` },
  on: ['doors'],
  disturbs: 'cluster',
  objects: [
    client('honeycomb', { name: 'drone', node: 'node-b' }),
    client('honeycomb', { name: 'crawler', node: 'node-b', image: TOOLS }),
    client('honeycomb', { name: 'stranger', node: 'node-c' }),
  ],
  inject: [
    ...limit.stands,
    { at: { pod: 'crawler' }, run: ['curl', '-s', '-o', '/dev/null', `http://${NETWORK.outside}/?[1-240]`] },
    // From another node, so from another address, the same server still answers.
    { at: { pod: 'stranger' }, run: asks },
  ],
  heal: [limit.falls],
  symptom: { at: { pod: 'drone' }, request: asks, fails: 'always' },
  runs: [found, { ...found, level: 'node' }],
};
