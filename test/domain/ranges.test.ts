import { expect, it } from 'vitest';
import { holds, overlap } from '../../src/domain/ranges.js';

it.each([
  ['10.244.1.0/24', '10.244.1.7', true],
  ['10.244.1.1/24', '10.244.1.7', true],
  ['10.244.1.0/24', '10.244.2.7', false],
  ['0.0.0.0/0', '10.0.0.1', true],
  ['10.244.1.7', '10.244.1.7', true],
  ['fd00:10:244::/64', 'fd00:10:244::7', true],
  ['fd00:10:244::/64', '10.244.1.7', false],
  ['10.244.1.0/24', '10.244.0.0/16', false],
  ['10.244.1.0/99', '10.244.1.7', false],
  ['default', '10.244.1.7', false],
  ['', '', false],
])('%s holds %s: %s', (range, address, answer) => expect(holds(range, address)).toBe(answer));

it('finds what two ranges share, whichever is larger', () => {
  expect(overlap('10.244.0.0/16', '10.244.7.0/24')).toBe(true);
  expect(overlap('10.244.7.0/24', '10.244.0.0/16')).toBe(true);
  expect(overlap('10.244.7.0/24', '10.244.8.0/24')).toBe(false);
});
