import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/service/service-selects-pods.js';
import { looking } from '../look.js';
import { evicted, pod, service, toCart } from '../shop.js';

const look = looking(step, 'service-selects-pods');
const flow = toCart;
const labelled = (name: string, labels: Record<string, string>) => pod(name, { metadata: { labels } });

describe('service-selects-pods', () => {
  it.each([
    ['matched', [service()], [pod('cart-1')]],
    ['none-matched', [service({ selector: { app: 'crat' } })], [pod('cart-1')]],
    ['none-alike', [service()], [labelled('payments-1', { app: 'payments' })]],
    ['no-selector', [service({ selector: {} })], [pod('cart-1')]],
    ['no-service', [], [pod('cart-1')]],
  ])('%s', async (outcome, services, pods) => {
    const seen = await look({ services, pods }, { flow });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
  });

  it('reads what it declares', async () => {
    expect((await look({ services: [service()], pods: [pod('cart-1')] }, { flow })).used).toEqual(step.reads);
  });

  it.each<{ difference: string; selector: Record<string, string>; wanted: Record<string, string> }>([
    { difference: 'a value with a slip', selector: { app: 'crat' }, wanted: { app: 'cart' } },
    { difference: 'a key that was renamed', selector: { app: 'cart' }, wanted: { 'app.kubernetes.io/name': 'cart' } },
    {
      difference: 'one label of several',
      selector: { app: 'cart', tier: 'api' },
      wanted: { app: 'cart', tier: 'web' },
    },
    { difference: 'the name of the Service', selector: { app: 'basket' }, wanted: { app: 'cart' } },
  ])('sees what was meant where the difference is $difference', async ({ selector, wanted }) => {
    const pods = [labelled('cart-1', wanted), labelled('cart-2', wanted), labelled('payments-1', { app: 'payments' })];
    const { facts } = await look({ services: [service({ selector })], pods }, { flow });
    expect(facts).toMatchObject({ selector, near: ['cart-1', 'cart-2'], total: 2, wanted });
  });

  it('leaves out a label that the closest Pods do not have', async () => {
    const services = [service({ selector: { app: 'cart', release: 'blue' } })];
    const { facts } = await look({ services, pods: [pod('cart-1')] }, { flow });
    expect(facts).toMatchObject({ near: ['cart-1'], wanted: { app: 'cart' }, found: {} });
  });

  it('says where matching Pods are when they live in the Namespace of the client', async () => {
    const from = { kind: 'pod' as const, namespace: 'tills', name: 'till-1' };
    const pods = [pod('cart-1', { metadata: { namespace: 'tills' } })];
    const seen = await look({ services: [service()], pods }, { flow: { ...flow, from } });
    expect(seen).toMatchObject({ outcome: 'only-elsewhere', facts: { elsewhere: ['tills'] } });
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
  });

  it('takes Pods that ended for no model of what was meant', async () => {
    const pods = [pod('cart-0', { metadata: { labels: { app: 'cart-old' } }, status: evicted })];
    expect((await look({ services: [service()], pods }, { flow })).outcome).toBe('none-alike');
  });

  it('raises no alarm over Pods with more labels than the selector asks for', async () => {
    const pods = [labelled('cart-1', { app: 'cart', 'pod-template-hash': '5d9c7b', tier: 'web' })];
    expect((await look({ services: [service()], pods }, { flow })).result).toBe('pass');
  });
});
