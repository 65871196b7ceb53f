import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookupFactsSchema, parseLookup } from '../../src/parse/lookup.js';
import { recorded } from './recorded.js';

describe.each(['getent', 'ping-busybox', 'ping-iputils'])('a name looked up by %s', (tool) => {
  const read = (name: string) => parseLookup(recorded(tool, `lookup-${name}`), tool.split('-')[0] ?? '');

  it('finds a short name', () => {
    // iputils says only that the address cannot be reached.
    const addresses = tool === 'ping-iputils' ? [] : ['10.96.1.2'];
    expect(read('short')).toMatchObject({ class: 'found', addresses });
  });

  it.each(['not-found', 'no-address'])('reads %s', (name) => {
    expect(read(name)).toMatchObject({ class: 'unresolved', addresses: [] });
  });
});

it('finds every address', () => {
  expect(parseLookup(recorded('getent', 'lookup-several'), 'getent').addresses).toEqual([
    'fd96::3',
    '10.96.1.3',
    '10.96.1.4',
  ]);
});

it.each([
  ['ping: permission denied (are you root?)\nexit=1\n', 'other'],
  ['exit=124\n', 'timeout'],
])('keeps %j apart from a missing name', (text, expected) => {
  expect(parseLookup(text, 'ping').class).toBe(expected);
});

it('takes any text', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom('getent', 'ping'), (text, tool) => {
      expect(() => lookupFactsSchema.parse(parseLookup(text, tool))).not.toThrow();
    }),
  );
});
