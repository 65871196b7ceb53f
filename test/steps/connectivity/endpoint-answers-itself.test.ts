import { expect, it } from 'vitest';
import step from '../../../src/steps/connectivity/endpoint-answers-itself.js';
import { cart, cartPod, connected, connects, far, look, sentences, toCart } from './shop.js';

const known = { protocol: 'TCP', pod: 'cart-7', address: far, port: 8080 };
const tried = (loopback: string, own: string) => ({ ...known, loopback: connected(loopback), own: connected(own) });

it.each([
  ['both', tried('open', 'open')],
  ['address-only', tried('refused', 'open')],
  ['loopback-only', tried('open', 'refused')],
  ['none', tried('refused', 'refused')],
  ['not-tcp', { ...known, protocol: 'UDP' }],
  ['no-pod', { ...known, pod: '', address: '', port: 0 }],
])('%s', (outcome, evidence) => expect(sentences(step, 'endpoint-answers-itself', evidence)).toBe(outcome));

const shop = { services: [cart], pods: [cartPod] };

it('tries both addresses from inside the Pod', async () => {
  const { judged, used, ran, calls } = await look(step, toCart, shop, connects({ [far]: 'refused' }));
  expect(judged).toMatchObject({
    outcome: 'loopback-only',
    facts: { 'endpoint-pod': 'cart-7', classes: { refused: 2 } },
  });
  expect(used.toSorted()).toEqual(step.reads.toSorted());
  expect(ran).toEqual(['tcp-connect']);
  expect(calls).toContainEqual(
    expect.objectContaining({
      pod: { namespace: 'shop', name: 'cart-7' },
      args: expect.objectContaining({ host: '127.0.0.1' }),
    }),
  );
});

it('leaves a Pod alone that does not run', async () => {
  const pending = { ...cartPod, status: { phase: 'Pending' } };
  expect((await look(step, toCart, { ...shop, pods: [pending] })).judged.outcome).toBe('no-pod');
});
