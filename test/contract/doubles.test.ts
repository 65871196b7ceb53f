import { describe, expect, it } from 'vitest';
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

describe.each(doubles)('$id and $other', ({ id, other, double }) => {
  if (typeof double === 'string')
    it(`are weighed otherwise by what ${double} says`, () => {
      const [own, theirs] = [new Set(saidOf(id, double)), new Set(saidOf(other, double))];
      expect([...own.symmetricDifference(theirs)]).not.toEqual([]);
    });
  else
    it('are not rivals on the other side', () => {
      expect(causes[other] && separatorOf(causes[other], id)).toBeUndefined();
    });
});
