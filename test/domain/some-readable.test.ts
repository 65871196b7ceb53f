import { expect, it } from 'vitest';
import { CannotLook } from '../../src/domain/cannot-look.js';
import { someReadable } from '../../src/domain/some-readable.js';

const closed = () => Promise.reject(new CannotLook('forbidden', 'no exec'));

it('keeps what could be seen', async () =>
  expect(await someReadable([closed(), Promise.resolve('cart')])).toEqual(['cart']));
it('has nothing to say of nothing', async () => expect(await someReadable([])).toEqual([]));
it('cannot look where nothing could be seen', async () =>
  expect(someReadable([closed(), closed()])).rejects.toMatchObject({ code: 'forbidden' }));
it('does not hide a bug', async () =>
  expect(someReadable([Promise.resolve('cart'), Promise.reject(new TypeError('oops'))])).rejects.toThrow('oops'));
