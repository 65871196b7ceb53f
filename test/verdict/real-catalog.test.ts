import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Pair } from '../../src/domain/cause.js';
import { type Finding, looked } from '../../src/domain/finding.js';
import { order } from '../../src/verdict/certainty.js';
import { weigh } from '../../src/verdict/weigh.js';
import { forbidden, found } from './found.js';
import { causes, elimination } from './real-causes.js';

const spoken = Object.entries(causes).map(([id, cause]) => ({
  id,
  speaking: [...cause.proves, ...cause.supports.strong, ...cause.supports.weak],
  refuting: cause.refutes,
}));
const rowPairs = Object.values(elimination).flatMap(({ when }) =>
  Object.entries(when).flatMap(([step, outcomes]) => [outcomes].flat().map((outcome): Pair => ({ step, outcome }))),
);
const keyOf = ({ step, outcome }: Pair) => `${step}: ${outcome}`;
/** Every answer that anything in the catalogue speaks of. */
const pairs = [
  ...new Map(
    [...spoken.flatMap(({ speaking, refuting }) => [...speaking, ...refuting].flat()), ...rowPairs].map((pair) => [
      keyOf(pair),
      pair,
    ]),
  ).values(),
];

const judged = (findings: Finding[]) =>
  weigh({ findings, causes, elimination, stagesBuilt: [], flowWords: {}, conclusion: { inconclusive: null } });
const seen = ({ step, outcome }: Pair, at = 0): Finding => ({ ...found(step, outcome), node: `${step}-${at}` });

/** A walk as one fault or two would leave it: their whole proofs, and answers that belong to nothing. */
const proof = fc
  .constantFrom(...spoken.filter(({ speaking }) => speaking.length > 0))
  .chain(({ speaking }) => fc.constantFrom(...speaking));
const walk = fc
  .tuple(fc.array(proof, { maxLength: 2 }), fc.array(fc.constantFrom(...pairs), { maxLength: 8 }))
  .map(([proofs, others]) => [...proofs.flat(), ...others].map((pair, at) => seen(pair, at)));

const runs = { numRuns: 60 };

it('the order of findings, and of the causes in their folder, does not matter', () => {
  fc.assert(
    fc.property(walk, fc.nat(), (list, turn) => {
      const other = list.map((_, at) => list[(at + turn) % list.length] as Finding).toReversed();
      const backwards = Object.fromEntries(Object.entries(causes).toReversed());
      const again = { findings: other, causes: backwards, elimination, stagesBuilt: [], flowWords: {} };
      expect(weigh({ ...again, conclusion: { inconclusive: null } })).toEqual(judged(list));
    }),
    runs,
  );
});

it('only what was seen refutes: never an error', () => {
  fc.assert(
    fc.property(walk, fc.array(fc.constantFrom(...pairs), { maxLength: 6 }), (list, lost) => {
      const errors = lost.map(({ step }, at) => ({ ...forbidden(step), node: `lost-${at}` }));
      const before = judged(list);
      const after = judged([...list, ...errors]);
      expect(after.ruledOut).toEqual(before.ruledOut);
      const saw = new Set(list.filter(looked).map(({ node, check }) => `${node}/${check}`));
      for (const { by } of after.ruledOut) expect(saw).toContain(by);
    }),
    runs,
  );
});

it('without a single look there is no cause, nothing is ruled out, and nothing is healthy', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pairs), { maxLength: 12 }), (lost) => {
      const verdict = judged(lost.map(({ step }, at) => ({ ...forbidden(step), node: `lost-${at}` })));
      expect(verdict).toMatchObject({ result: 'inconclusive', causes: [], ruledOut: [], unexplained: [] });
    }),
    runs,
  );
});

/** What speaks for one cause, and for or against no other, and is no contrast of its own. */
const onlyFor = spoken.flatMap(({ id, speaking }) => {
  const elsewhere = new Set([
    ...spoken.filter((other) => other.id !== id).flatMap((other) => other.speaking.flat().map(keyOf)),
    ...rowPairs.map(keyOf),
  ]);
  return speaking
    .filter((together) => together.every((pair) => !elsewhere.has(keyOf(pair))))
    .map((together) => ({ id, together }));
});

it('what speaks for one cause alone never lowers how sure one is of it', () => {
  expect(new Set(onlyFor.map(({ id }) => id)).size).toBeGreaterThan(50);
  const height = (list: Finding[], id: string) => {
    const place = judged(list).causes.find((one) => one.id === id);
    return place ? order.indexOf(place.certainty) : order.length;
  };
  fc.assert(
    fc.property(walk, fc.constantFrom(...onlyFor), (list, { id, together }) => {
      const more = together.map((pair, at) => seen(pair, 100 + at));
      expect(height([...list, ...more], id)).toBeLessThanOrEqual(height(list, id));
    }),
    runs,
  );
});

it.each(spoken.filter(({ refuting }) => refuting.length > 0))(
  '$id is never more than possible where something refutes it',
  ({ id, speaking, refuting }) => {
    const all = speaking.flat().map((pair, at) => seen(pair, at));
    for (const against of refuting) {
      const list = [...all, ...against.map((pair, at) => seen(pair, 1000 + at))];
      const certainty = judged(list).causes.find((one) => one.id === id)?.certainty;
      expect(['possible', undefined]).toContain(certainty);
    }
  },
);

it('a refutation leaves standing only what was seen at work', () => {
  fc.assert(
    fc.property(walk, (list) => {
      const { causes: named, ruledOut } = judged(list);
      const out = new Set(ruledOut.map(({ id }) => id));
      for (const { id, grounds } of named) {
        expect(out.has(id)).toBe(false);
        const isRefuted = grounds.some(({ weight }) => weight === 'refuting');
        if (isRefuted) expect(grounds.some(({ weight }) => weight === 'decisive')).toBe(true);
      }
    }),
    runs,
  );
});
