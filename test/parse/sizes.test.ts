import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseSizes } from '../../src/parse/sizes.js';
import { recorded } from './recorded.js';

const tools = ['curl', 'nc-busybox', 'nc-openbsd', 'bash'];
const classes = (tool: string, name: string) => parseSizes(recorded('sized-get', `${tool}-${name}`));

it.each(tools)('%s: every size is answered on a sound path', (tool) => {
  const said = classes(tool, 'all-pass');
  expect(said.map(({ size }) => size)).toEqual([
    200, 600, 1000, 1150, 1250, 1300, 1350, 1390, 1420, 1448, 2000, 3000, 7000,
  ]);
  expect(new Set(said.map((one) => one.class))).toEqual(new Set(['answers']));
});

it.each(tools.flatMap((tool) => ['hole-both', 'hole-back'].map((name) => [tool, name] as const)))(
  '%s: a %s shows as a silence above a sharp size',
  (tool, name) => {
    const said = classes(tool, name);
    expect(said.slice(0, 2).map((one) => one.class)).toEqual(['answers', 'answers']);
    expect(new Set(said.slice(2).map((one) => one.class))).toEqual(new Set(['silent']));
  },
);

it.each(tools.flatMap((tool) => ['refused', 'unreachable'].map((name) => [tool, name] as const)))(
  '%s: %s is no news of sizes',
  (tool, name) => expect(new Set(classes(tool, name).map((one) => one.class))).toEqual(new Set(['no-connection'])),
);

it('tells a server that hangs up from a silence', () => {
  const said = (words: string) => parseSizes(`size 7000 exit=${words}`)[0]?.class;
  expect(said('1 net-triage: connected')).toBe('closed');
  expect(said('52 connect=0.000213 HTTP/0 000')).toBe('closed');
  expect(said('143 net-triage: connected')).toBe('silent');
  expect(said('28 connect=0.000213 HTTP/1 200')).toBe('cut');
  expect(said('127 sh: nc: not found')).toBe('other');
});

it('throws at no text', () => {
  fc.assert(fc.property(fc.string(), (text) => void parseSizes(`size 200 exit=0 ${text}\n${text}`)));
});
