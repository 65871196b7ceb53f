import { expect, it } from 'vitest';
import { questionsFor } from '../../../src/parse/dns/search-list.js';

const search = ['shop.svc.cluster.local', 'svc.cluster.local', 'cluster.local'];

it.each([
  ['www.example.com', '5', 3],
  ['www.example.com', '2', 0],
  ['www.example.com.', '5', 0],
  ['cart', undefined, 3],
  ['cart.shop', undefined, 0],
  ['a.b.c.d.e.f', '5', 0],
  ['www.example.com', 'many', 0],
  ['www.example.com', '99', 3],
])('%s with ndots %s: %i names before it', (name, ndots, count) => {
  const options: Record<string, string> = ndots === undefined ? {} : { ndots };
  expect(questionsFor(name, { search, options }).before.length).toBe(count);
});

it('takes the domains in their order, as whole names', () => {
  expect(questionsFor('a', { search: ['x.example', 'y.example.'], options: {} }).before).toEqual([
    'a.x.example.',
    'a.y.example.',
  ]);
});
