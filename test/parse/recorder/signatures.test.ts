import { expect, it } from 'vitest';
import { accountOf } from '../../../src/parse/recorder/account.js';
import { boundPercent, wouldShow } from '../../../src/parse/recorder/sample-size.js';
import type { Way } from '../../../src/parse/recorder/series.js';
import { periodOf, signaturesOf } from '../../../src/parse/recorder/signatures.js';
import { failingAt, series } from './recording.js';

const signs = (way: Way, made: Parameters<typeof series>[2]) =>
  signaturesOf(way, accountOf(series(way, 'cart', made)).moments).filter((word) => word !== 'at-regular-times');

it.each([
  ['a second', 'endpoint', { every: 40, ms: 1010 }, ['packets-sent-again']],
  ['three seconds', 'service', { every: 40, ms: 3020 }, ['packets-sent-again']],
  ['seven seconds', 'service', { every: 40, ms: 7030 }, ['packets-sent-again']],
  ['a minute and three seconds', 'service', { every: 40, ms: 63_050 }, ['packets-sent-again', 'opened-after-63s']],
  ['more than two minutes', 'service', { every: 40, ms: 127_300, word: 'timeout' }, ['given-up-after-127s']],
  ['five seconds for a name', 'name', { every: 40, ms: 5010 }, ['asked-again-after-5s']],
  ['ten seconds for a name', 'name', { every: 40, ms: 10_020 }, ['asked-again-after-5s']],
  ['two and a half seconds for a name', 'name', { every: 40, ms: 2510 }, ['asked-again-after-2.5s']],
  ['two seconds for a name', 'name', { every: 40, ms: 2020 }, ['upstream-gave-up-after-2s']],
  ['nothing', 'service', {}, []],
  ['some other time', 'service', { every: 40, ms: 1600 }, []],
  ['five seconds once', 'name', { tries: 30, every: 40, ms: 5010 }, []],
] as const)('reads %s', (_, way, made, words) => expect(signs(way, made)).toEqual(words));

it('sees failures that come at regular times, and none where they do not', () => {
  expect(periodOf(failingAt(10, 10.2, 20, 20.4, 30, 40.1))).toBe(10);
  expect(periodOf(failingAt(10, 13, 40, 41, 90))).toBeUndefined();
  // Two gaps that are alike are chance.
  expect(periodOf(failingAt(10, 20, 30))).toBeUndefined();
});

it.each([
  [300, 1],
  [60, 5],
  [9, 33.4],
  [0, 100],
  [2, 100],
])('bounds what none failing of %d leaves possible', (tries, percent) => expect(boundPercent(tries)).toBe(percent));

it('asks for three over the share', () => {
  expect(wouldShow(300, 0.01)).toBe(true);
  expect(wouldShow(299, 0.01)).toBe(false);
});
