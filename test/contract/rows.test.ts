import { expect, it } from 'vitest';
import { find } from '../../src/catalog/find.js';
import { load } from '../../src/catalog/load.js';

const { causes, elimination, steps } = load(await find()).catalog;

/** The kinds of ends that all of these checks take: a session is about one flow. */
const commonTo = (ids: readonly string[], side: 'from' | 'to'): string[] => {
  const [first = [], ...others] = ids.map((id) => steps[id]?.step[side] ?? []);
  return first.filter((kind) => others.every((kinds) => (kinds as readonly string[]).includes(kind)));
};
const fits = (ids: readonly string[]) => commonTo(ids, 'from').length > 0 && commonTo(ids, 'to').length > 0;

const rows = Object.entries(causes).flatMap(([id, { proves, supports, refutes }]) =>
  [...proves, ...supports.strong, ...supports.weak, ...refutes].map((row) => ({
    id,
    checks: [...new Set(row.map(({ step }) => step))],
  })),
);
const symptoms = Object.entries(elimination).map(([id, { when }]) => ({ id, checks: Object.keys(when) }));

it.each([...rows, ...symptoms].filter(({ checks }) => checks.length > 1))(
  '$id: $checks can all be answered for one flow',
  ({ checks }) => expect(fits(checks)).toBe(true),
);
