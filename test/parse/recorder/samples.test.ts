import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConnects, parseLookups, parseRequests, stretchSchema } from '../../../src/parse/recorder/samples.js';
import { momentsOf } from '../../../src/parse/recorder/series.js';
import { mangled } from '../mangled.js';
import { recorded } from '../recorded.js';

const read = (name: string) => recorded('over-time', name);

describe.each(['nc-busybox', 'nc-openbsd', 'bash'])(
  'connects by %s on a way that loses one first packet in five',
  (tool) => {
    const stretch = parseConnects(read(`connects-lossy.${tool}`), tool);

    it('reads every try with its time', () => {
      expect(stretch.samples).toHaveLength(50);
      expect(stretch.unread).toBe(0);
      expect(stretch.resent).toBeGreaterThan(8);
      expect(stretchSchema.parse(stretch)).toEqual(stretch);
    });

    it('counts as late what a packet was sent again for, and nothing else', () => {
      const late = momentsOf({ way: 'endpoint', stretches: [stretch] }).filter(({ state }) => state === 'late');
      expect(late.length).toBeGreaterThan(3);
      expect(late.length).toBeLessThanOrEqual(stretch.resent ?? 0);
      expect(late.every(({ ms }) => (ms ?? 0) >= 900)).toBe(true);
    });
  },
);

it('calls nothing late on a way that loses nothing, however busy the machine', () => {
  const stretch = parseConnects(read('connects-steady.nc-busybox'), 'nc');
  expect(stretch).toMatchObject({ unread: 0, resent: 0 });
  expect(momentsOf({ way: 'endpoint', stretches: [stretch] }).every(({ state }) => state === 'well')).toBe(true);
});

it('knows the port that a connect came from where the client tells', () => {
  const { samples } = parseConnects(read('connects-lossy.curl'), 'curl');
  expect(samples).toHaveLength(10);
  expect(samples.every(([, , , port]) => port > 1024)).toBe(true);
  // curl holds on to what it opened: the connect itself is what counts.
  expect(samples.every(([, ms]) => (ms ?? 9999) < 4000)).toBe(true);
});

it('reads refusals', () => {
  const { samples } = parseConnects(read('connects-refused.nc-busybox'), 'nc');
  expect(samples.map(([, , word]) => word)).toEqual(Array(5).fill('refused'));
});

it('reads lookups, and sees who waited for a second question', () => {
  const lossy = parseLookups(read('lookups-lossy.getent'), 'getent');
  expect(lossy.samples).toHaveLength(30);
  const late = momentsOf({ way: 'name', stretches: [lossy] }).filter(({ state }) => state === 'late');
  expect(late.length).toBeGreaterThan(1);
  expect(late.every(({ ms }) => (ms ?? 0) >= 4900)).toBe(true);
  const steady = parseLookups(read('lookups-steady.getent'), 'getent');
  expect(momentsOf({ way: 'name', stretches: [steady] }).every(({ state }) => state === 'well')).toBe(true);
});

it('leaves the second that ping waits for an echo out of a lookup', () => {
  const line = 'try 1 exit=1 from=8.00 to=9.02 PING cart (10.96.1.2): 56 data bytes ';
  expect(parseLookups(`${line}\n`, 'ping').samples[0]?.slice(1, 3)).toEqual([20, 'found']);
});

it.each([
  ['nc', 'requests-hanging.nc-busybox', 1000],
  ['curl', 'requests-steady.curl', 0],
])('reads requests by %s', (tool, name, atLeast) => {
  const { samples, unread } = parseRequests(read(name), tool, 8);
  expect(samples).toHaveLength(10);
  expect(unread).toBe(0);
  expect(samples.every(([, , word]) => word === 'answered')).toBe(true);
  expect(Math.max(...samples.map(([, ms]) => ms ?? 0))).toBeGreaterThan(atLeast);
});

it('reads any text, quickly', () => {
  const texts = ['connects-lossy.nc-busybox', 'connects-lossy.curl', 'requests-steady.curl', 'lookups-lossy.getent'];
  const check = (text: string) => {
    for (const one of [parseConnects(text, 'nc'), parseLookups(text, 'getent'), parseRequests(text, 'curl', 8)]) {
      stretchSchema.parse(JSON.parse(JSON.stringify(one)));
      momentsOf({ way: 'service', stretches: [one] });
    }
  };
  fc.assert(fc.property(mangled(texts.map(read)), check), { numRuns: 60 });
});
