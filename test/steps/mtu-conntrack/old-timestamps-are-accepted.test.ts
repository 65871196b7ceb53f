import { expect, it } from 'vitest';
import step from '../../../src/steps/mtu-conntrack/old-timestamps-are-accepted.js';
import { toCart } from '../connectivity/shop.js';
import { looking } from '../look.js';
import { answered, judgedBy, nodeAnswers, place, town, window } from './tables.js';

const judged = judgedBy(step, 'old-timestamps-are-accepted');
const old = (recycle: number, refused: number) => ({
  release: '3.10.0-1160.el7.x86_64',
  recycle,
  mib: { TcpExtPAWSPassive: refused },
});
const counted = (recycle: number, refused: number) => {
  const pair = place('node-a', old(recycle, refused));
  return { ...pair, before: { ...pair.before, mib: { TcpExtPAWSPassive: 0 } } };
};

it.each([
  ['accepted', window([place('node-a')])],
  ['accepted', window([counted(0, 5)])],
  ['refused', window([counted(1, 6)])],
  ['recycling', window([counted(1, 0)])],
  ['recycling', window([counted(1, 6)], answered)],
])('%s', (outcome, evidence) => expect(judged(evidence).outcome).toBe(outcome));

it('finds nothing of the kind on a kernel of today', async () => {
  const said = await looking(step, 'old-timestamps-are-accepted')(town, {
    flow: toCart,
    answers: nodeAnswers('ports-gone'),
  });
  expect(said).toMatchObject({
    outcome: 'accepted',
    facts: { kernels: expect.arrayContaining(['node-a 6.18.44-fc-v669']) },
  });
  expect(said.used.toSorted()).toEqual(step.reads.toSorted());
});
