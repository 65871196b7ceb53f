import { expect, it } from 'vitest';
import { summary, trailOf } from './weighed.js';

const route = (word: string) => ({ 'gateway-takes-the-route': word });
const owner = (word: string) => ({ 'gateway-class-has-a-controller': word });

it.each([
  ['its hosts differ', route('hostnames-differ')],
  ['its namespace may not attach', route('not-attached')],
  ['its listener has no certificate', route('listener-broken')],
  ['nobody is there to look at it', { ...route('no-controller'), ...owner('class-missing') }],
])('a route of which %s: ING-15, certain', (_, trail) =>
  expect(summary(trailOf(trail))).toEqual(['fault', 'ING-15', 'certain']),
);

it('accuses no Gateway whose controller may be on its way', () =>
  expect(summary(trailOf({ ...route('no-controller'), ...owner('unclaimed') }))).toEqual([
    'inconclusive',
    'ING-15',
    'possible',
  ]));
