import { expect, it } from 'vitest';
import { find } from '../../src/catalog/find.js';
import { load } from '../../src/catalog/load.js';
import type { Observation } from '../../src/domain/cause.js';
import { separatorOf } from '../../src/domain/doubles.js';

const { causes, elimination } = load(await find()).catalog;

const answersOf = (step: string, observations: readonly Observation[], how: string) =>
  observations.flat().flatMap((pair) => (pair.step === step ? [`${pair.outcome} ${how}`] : []));

/** Each answer of a step that says something of a cause, and what it says. */
const saidOf = (id: string, step: string): string[] => {
  const { proves = [], supports, refutes = [], explains = [] } = causes[id] ?? {};
  const rows = Object.entries(elimination).filter(([name, { keeps }]) => keeps.includes(id) || explains.includes(name));
  return [
    ...answersOf(step, proves, 'proves'),
    ...answersOf(step, supports?.strong ?? [], 'supports'),
    ...answersOf(step, supports?.weak ?? [], 'hints at'),
    ...answersOf(step, refutes, 'refutes'),
    ...rows.flatMap(([, { when }]) => [when[step] ?? []].flat().map((outcome) => `${outcome} keeps`)),
  ];
};

const doubles = Object.entries(causes).flatMap(([id, { confusable }]) =>
  Object.entries(confusable).map(([other, double]) => ({ id, other, double })),
);
const separated = doubles.flatMap(({ double, ...pair }) =>
  typeof double === 'string' ? [{ ...pair, step: double }] : [],
);
const together = doubles.filter(({ double }) => typeof double !== 'string');

it.each(separated)('what $step says is weighed otherwise for $id than for $other', ({ id, other, step }) => {
  expect([...new Set(saidOf(id, step)).symmetricDifference(new Set(saidOf(other, step)))]).not.toEqual([]);
});

it.each(together)('$other does not call $id a rival that calls it none', ({ id, other }) => {
  expect(causes[other] && separatorOf(causes[other], id)).toBeUndefined();
});
