import { expect } from 'vitest';
import { separatorOf } from '../../src/domain/doubles.js';
import { causes } from './real-causes.js';
import type { Seen } from './shop.js';
import { trailOf, weighed } from './weighed.js';

/** The cause that leads, its double that stays behind or is not named at all, and what was seen. */
export type Ahead = readonly [leads: string, behind: string, seen: Seen];

const separatorsOf = (one: string, other: string) =>
  [
    [one, other],
    [other, one],
  ].flatMap(([from = '', to = '']) => (causes[from] && separatorOf(causes[from], to)) ?? []);

/** That the step which the catalogue names for the two was asked, and that its answer puts the one before the other. */
export const expectAhead = ([leads, behind, seen]: Ahead) => {
  const separators = separatorsOf(leads, behind);
  expect(separators.filter((step) => step in seen)).not.toEqual([]);
  const { causes: named } = weighed(trailOf(seen), {
    conclusion: { inconclusive: null },
    stagesBuilt: ['pod', 'connectivity', 'policy', 'service', 'kube-proxy', 'dns', 'cni', 'mtu-conntrack'],
  });
  const ids = named.map(({ id }) => id).filter((id) => id === leads || id === behind);
  expect(ids[0]).toBe(leads);
  const [first, second] = ids.map((id) => named.find((one) => one.id === id)?.certainty);
  // Beside a double that is as sure nothing would be told apart.
  if (first !== 'possible') expect(second ?? 'possible').toBe('possible');
};
