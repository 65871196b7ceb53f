import { expect, it } from 'vitest';
import { whatFails } from '../../src/verdict/what-fails.js';
import { forbidden, found } from './found.js';
import { elimination } from './real-causes.js';

const refused = found('service-address-answers', 'refused');
const unmatched = found('service-selects-pods', 'none-matched');
const told = (...findings: ReturnType<typeof found>[]) =>
  whatFails({ findings, elimination }, ['service-selects-pods', 'workload-makes-pods']);

it('is where the flow itself failed, whatever else was found', () => {
  expect(told(unmatched, refused)).toEqual(['service-address-answers']);
});

it('is what speaks for the cause where nobody tried the flow', () => {
  expect(told(unmatched, found('workload-makes-pods', 'no-workload'))).toEqual(['service-selects-pods']);
  expect(told(unmatched, forbidden('service-address-answers'))).toEqual(['service-selects-pods']);
});

it('is nothing where nothing failed, or where what failed answered later', () => {
  expect(told(found('service-address-answers', 'answers'))).toEqual([]);
  expect(told(refused, { ...found('service-address-answers', 'answers'), run: 2 })).toEqual([]);
});
