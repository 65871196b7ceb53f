import { expect, it } from 'vitest';
import { type Target, toTry } from '../../src/domain/targets.js';

const on = (node: string, count: number): Target[] =>
  Array.from({ length: count }, (_, i) => ({ address: `${node}-${i}`, port: 8080, node, pod: '' }));

it.each([
  ['few', [on('a', 2), on('b', 1)], 3],
  ['many on one node', [on('a', 40)], 10],
  ['one on each of many nodes', Array.from({ length: 30 }, (_, i) => on(`n${i}`, 1)), 10],
])('takes at most ten of %s', (_, groups, expected) => expect(toTry(groups.flat())).toHaveLength(expected));

it('takes one of every node before a second of any', () => {
  const chosen = toTry([...on('a', 20), ...on('b', 1), ...on('c', 2)]);
  expect(chosen.slice(0, 3).map(({ node }) => node)).toEqual(['a', 'b', 'c']);
});
