import { expect, it } from 'vitest';
import type { Ground } from '../../src/domain/verdict.js';
import { wordsFor } from '../../src/verdict/words.js';
import { found } from './found.js';

const ground = (check: string, weight: Ground['weight']): Ground => ({ check, node: check, outcome: '', weight });
const findings = [
  found('service-selects-pods', 'none-matched', { selector: { app: 'cartt' }, total: 3 }),
  found('destination-pods-are-ready', 'none-ready', { pods: ['cart-1'], total: 1, namespace: 'payments' }),
];

it('prefers the heavier ground where two name the same fact', () => {
  const grounds = [ground('destination-pods-are-ready', 'weak'), ground('service-selects-pods', 'decisive')];
  expect(wordsFor(grounds, findings, {})).toMatchObject({ total: 3, pods: ['cart-1'] });
});

it('prefers the earlier of two equal grounds', () => {
  const grounds = [ground('destination-pods-are-ready', 'decisive'), ground('service-selects-pods', 'decisive')];
  expect(wordsFor(grounds, findings, {})).toMatchObject({ total: 1 });
});

it('never lets a fact overwrite a word of the flow', () => {
  const grounds = [ground('destination-pods-are-ready', 'decisive')];
  expect(wordsFor(grounds, findings, { namespace: 'shop' })).toMatchObject({ namespace: 'shop' });
});

it('takes nothing from what speaks against the cause', () => {
  expect(wordsFor([ground('service-selects-pods', 'refuting')], findings, { service: 'cart' })).toEqual({
    service: 'cart',
  });
});
