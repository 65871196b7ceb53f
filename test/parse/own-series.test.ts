import { expect, it } from 'vitest';
import { parseAsked } from '../../src/parse/asked.js';
import { parseLookupTimes } from '../../src/parse/lookup-times.js';
import { recorded } from './recorded.js';

it.each(['dig', 'nslookup'])('%s: an answer, a refusal and silence', (tool) => {
  const said = (name: string) => parseAsked(recorded('ask-anew', `${tool}-${name}`), tool);
  expect(said('answered')).toMatchObject({ open: 3, failed: 0, of: 3 });
  expect(said('refused')).toMatchObject({ open: 0, failed: 3, classes: { refused: 3 } });
  expect(said('silent')).toMatchObject({ open: 0, failed: 3, classes: { timeout: 3 } });
});

it('tells slow lookups from quick ones', () => {
  const slow = (name: string) =>
    parseLookupTimes(recorded('lookup-times', name), 'getent').filter(({ ms = 0 }) => ms >= 5000).length;
  expect(slow('quick')).toBe(0);
  expect(slow('some-slow')).toBeGreaterThan(0);
  expect(slow('some-slow')).toBeLessThan(20);
  expect(slow('all-slow')).toBe(20);
  expect(new Set(parseLookupTimes(recorded('lookup-times', 'silent'), 'getent').map((one) => one.class))).toEqual(
    new Set(['timeout']),
  );
});
