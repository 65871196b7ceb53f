import { expect, test } from 'vitest';
import { uniqueBy } from '../../src/domain/unique-by.js';

test('the first of each key stays, where it stood', () => {
  const pods = ['b-1', 'a-1', 'b-2', 'c-1', 'a-2'];
  expect(uniqueBy(pods, (pod) => pod.slice(0, 1))).toEqual(['b-1', 'a-1', 'c-1']);
});

test('nothing stays nothing', () => {
  expect(uniqueBy([], String)).toEqual([]);
});
