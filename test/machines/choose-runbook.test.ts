import { expect, it } from 'vitest';
import { flowBetween, readEnd } from '../../src/domain/ends.js';
import type { Runbook } from '../../src/domain/runbook.js';
import { chooseRunbook } from '../../src/machines/choose-runbook.js';
import { cartSilent } from './shop.js';

const book = (id: string, more: Partial<Runbook>) => ({ ...cartSilent, ...more, id });
const books = Object.fromEntries(
  [
    book('large-carts-hang', { onlyByName: true }),
    book('pod-silent', { flow: { from: ['pod', 'node'], to: ['pod', 'service'] } }),
    book('service-silent', { flow: { from: ['pod'], to: ['service', 'pod'] } }),
  ].map((one) => [one.id, one]),
);
const chosen = (from: string, to: string, symptom?: string) =>
  chooseRunbook(flowBetween(readEnd(from, 'shop'), readEnd(to, 'shop')), books, symptom).id;

it.each([
  ['pod/client', 'svc/cart', 'service-silent'],
  ['deploy/client', 'svc/cart', 'service-silent'],
  ['pod/client', 'pod/cart-1', 'pod-silent'],
  ['node/node-a', 'svc/cart', 'pod-silent'],
])('from %s to %s takes what is meant for that end: %s', (from, to, id) => expect(chosen(from, to)).toBe(id));

it('takes a symptom that two ends do not tell only by its name', () => {
  expect(chosen('pod/client', 'svc/cart', 'large-carts-hang')).toBe('large-carts-hang');
});
