import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parsePathMtu } from '../../../src/parse/kernel/path-mtu.js';
import { recorded } from '../recorded.js';

const path = (name: string) => parsePathMtu(recorded('path-mtu', name));
const sizes = (name: string, wanted: string) =>
  path(name)
    .echoes.filter((echo) => echo.class === wanted)
    .map(({ size }) => size);

it('finds the size of the own card on a sound path', () => {
  expect(path('whole')).toMatchObject({ mtu: 1500, understood: true });
  expect(sizes('whole', 'answers').at(-1)).toBe(1500);
  expect(sizes('whole', 'too-long')[0]).toBe(1501);
});

it('hears a silence where a hole begins', () => {
  expect(sizes('hole', 'answers').at(-1)).toBe(1400);
  expect(sizes('hole', 'silent')).toEqual([1410, 1420, 1430, 1440, 1450, 1460, 1480, 1500]);
});

it('knows a router that tells, also from what it told before', () => {
  expect(path('told')).toMatchObject({ mtu: 1400 });
  expect(sizes('told', 'told').length).toBeGreaterThan(0);
  expect(sizes('told', 'silent')).toEqual([]);
  expect(sizes('told-before', 'silent')).toEqual([]);
});

it('takes a smaller card of the sender for what it is', () => {
  expect(path('small-own')).toMatchObject({ mtu: 1400 });
  expect(sizes('small-own', 'silent')).toEqual([]);
});

it('does not understand a ping without the option, and hears nobody where nobody answers', () => {
  expect(path('busybox')).toMatchObject({ understood: false });
  expect(sizes('silent', 'answers')).toEqual([]);
});

it('throws at no text', () => {
  fc.assert(fc.property(fc.string(), (text) => void parsePathMtu(`size 1500 exit=1 ${text}\n${text}`)));
});
