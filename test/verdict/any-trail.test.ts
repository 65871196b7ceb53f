import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/finding.js';
import { verdictSchema } from '../../src/domain/verdict.js';
import { order } from '../../src/verdict/certainty.js';
import { weigh } from '../../src/verdict/weigh.js';
import { blind, saw, trail } from './cart.js';

const pairs = [
  ['labels', 'none'],
  ['labels', 'odd'],
  ['labels', 'few'],
  ['labels', 'fine'],
  ['sockets', 'elsewhere'],
  ['endpoints', 'refuse'],
  ['rules', 'old'],
  ['rules', 'fresh'],
  ['name', 'gone'],
  ['address', 'refuses'],
  ['address', 'waits'],
  ['address', 'answers'],
] as const;
const finding = fc
  .record({
    pair: fc.constantFrom(...pairs),
    node: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    run: fc.integer({ min: 1, max: 3 }),
    lost: fc.boolean(),
  })
  .map(({ pair: [check, outcome], node, run, lost }) => ({
    ...(lost ? blind(check) : saw(check, outcome)),
    node,
    run,
  }));
const findings = fc.uniqueArray(finding, { selector: ({ node, run }) => `${node}.${run}`, maxLength: 12 });
const heights = (list: Finding[]) =>
  new Map(weigh(trail(list)).causes.map(({ id, certainty }) => [id, order.indexOf(certainty)]));
const height = (list: Finding[], id: string) => heights(list).get(id) ?? order.length;

describe('for any trail', () => {
  it('gives a valid verdict', () => {
    fc.assert(fc.property(findings, (list) => verdictSchema.safeParse(weigh(trail(list))).success));
  });

  it('lets each finding speak once for a cause', () => {
    fc.assert(
      fc.property(findings, (list) => {
        for (const { grounds } of weigh(trail(list)).causes) {
          const speaking = grounds.filter(({ weight }) => weight !== 'refuting').map(({ node }) => node);
          expect(new Set(speaking).size).toBe(speaking.length);
        }
      }),
    );
  });

  it('does not depend on the order of the findings', () => {
    const shuffled = findings.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        expect(weigh(trail(other))).toEqual(weigh(trail(list)));
      }),
    );
  });

  it('takes nothing from a check that could not look, but certainty', () => {
    fc.assert(
      fc.property(findings, fc.constantFrom(...pairs), (list, [check]) => {
        const before = weigh(trail(list));
        const after = weigh(trail([...list, { ...blind(check), node: 'unseen' }]));
        expect(after.ruledOut).toEqual(before.ruledOut);
        expect(after.causes.map(({ id }) => id)).toEqual(expect.arrayContaining(before.causes.map(({ id }) => id)));
        for (const { id } of before.causes)
          expect(height([...list, { ...blind(check), node: 'unseen' }], id)).toBeGreaterThanOrEqual(height(list, id));
      }),
    );
  });

  it('never believes less in a cause for more evidence of it', () => {
    const evidence = fc.constantFrom(...pairs.slice(0, 3), pairs[4], pairs[5]);
    fc.assert(
      fc.property(findings, evidence, (list, [check, outcome]) => {
        const more = [...list, saw(check, outcome, { node: 'more' })];
        expect(height(more, 'CART-1')).toBeLessThanOrEqual(height(list, 'CART-1'));
      }),
    );
  });
});
