import { expect, it } from 'vitest';
import { quantity } from '../../src/domain/quantity.js';

it.each([
  ['250m', 0.25],
  ['12345678n', 0.012345678],
  ['2', 2],
  ['0.5', 0.5],
  ['64Mi', 64 * 2 ** 20],
  ['1e6', 1e6],
  ['2E3', 2000],
  ['1E', 1e18],
  ['128974848', 128974848],
  ['129M', 129e6],
])('%s is %d', (text, number) => expect(quantity(text)).toBeCloseTo(number, 9));

it.each(['', 'm', '1x', '-1', '1 Mi', '1toString', undefined])('%s is none', (text) =>
  expect(quantity(text)).toBeUndefined(),
);
