import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/mtu-conntrack/node-clocks-agree.js';
import { ran } from '../../support/fake-world.js';
import { toCart } from '../connectivity/shop.js';
import { looking } from '../look.js';
import { judgedBy, town } from './tables.js';

const judged = judgedBy(step, 'node-clocks-agree');
const clocks = (...seconds: number[]) => ({
  seen: seconds.map((one, index) => ({ node: `node-${index}`, role: 'source', seconds: one })),
  unseen: [],
});

it.each([
  ['agree', clocks(1_795_258_085, 1_795_258_085)],
  // The ways to the nodes are not equally long.
  ['agree', clocks(1_795_258_085, 1_795_258_091)],
  ['apart', clocks(1_795_258_085, 1_795_261_685)],
  ['one-clock', clocks(1_795_258_085)],
])('%s', (outcome, evidence) => expect(judged(evidence).outcome).toBe(outcome));

it('reads all clocks side by side', async () => {
  const answers = {
    node: (_: string, __: object, node: string) => ran(node === 'node-a' ? '1795258085\n' : '1795254485\n'),
  };
  const said = await looking(step, 'node-clocks-agree')(town, { flow: toCart, answers });
  expect(said).toMatchObject({ outcome: 'apart', facts: { slow: 'node-b', fast: 'node-a', apart: 3600 } });
  expect(said.used.toSorted()).toEqual(step.reads.toSorted());
});

it('does not take other words for a time', async () => {
  const answers = { node: () => ran('date: invalid option\n') };
  await expect(looking(step, 'node-clocks-agree')(town, { flow: toCart, answers })).rejects.toThrow(CannotLook);
});
