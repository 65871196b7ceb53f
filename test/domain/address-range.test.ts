import { expect, it } from 'vitest';
import { isUnreachable } from '../../src/domain/address-range.js';

it.each([
  ['127.0.0.1', true],
  ['169.254.1.1', true],
  ['0.0.0.0', true],
  ['::1', true],
  ['fe80::7', true],
  ['192.0.2.7', false],
  ['10.244.1.7', false],
  ['fd00:244::7', false],
  ['db.example.com', false],
])('%s is unreachable: %s', (address, unreachable) => {
  expect(isUnreachable(address)).toBe(unreachable);
});
