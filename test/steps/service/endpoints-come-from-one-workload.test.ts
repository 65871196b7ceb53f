import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/service/endpoints-come-from-one-workload.js';
import { looking } from '../look.js';
import { evicted, pod, service, terminating, toCart } from '../shop.js';

const look = looking(step, 'endpoints-come-from-one-workload');
const flow = toCart;
const services = [service()];
const of = (name: string, [kind, owner]: [string, string], hash?: string) =>
  pod(name, {
    metadata: {
      labels: { app: 'cart', ...(hash ? { 'pod-template-hash': hash } : {}) },
      ownerReferences: [{ kind, name: owner, controller: true }],
    },
  });
const old = of('cart-1', ['ReplicaSet', 'cart-5d9c7b'], '5d9c7b');

describe('endpoints-come-from-one-workload', () => {
  it.each([
    ['one', [old]],
    ['several', [old, of('cart-migrate-x', ['Job', 'cart-migrate'])]],
    ['several', [old, pod('cart-debug')]],
    ['unowned', [pod('cart-debug')]],
    ['nothing-to-compare', []],
  ])('%s', async (outcome, pods) => {
    const seen = await look({ services, pods }, { flow });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
  });

  it('counts Pods by workload, and reads what it declares', async () => {
    const pods = [old, of('basket-0', ['StatefulSet', 'basket'])];
    const { facts, used } = await look({ services, pods }, { flow });
    expect(used).toEqual(step.reads);
    expect(facts).toEqual({
      selector: { app: 'cart' },
      owners: { 'Deployment/cart': 1, 'StatefulSet/basket': 1 },
      total: 2,
    });
  });

  it('raises no alarm over two revisions of one Deployment during a rollout', async () => {
    const pods = [old, of('cart-2', ['ReplicaSet', 'cart-7f6d8c'], '7f6d8c')];
    expect((await look({ services, pods }, { flow })).result).toBe('pass');
  });

  it('raises no alarm over strangers that ended or are leaving', async () => {
    const pods = [
      old,
      pod('cart-debug', { status: evicted }),
      pod('cart-probe', { metadata: { ...terminating, labels: { app: 'cart' } } }),
    ];
    expect((await look({ services, pods }, { flow })).result).toBe('pass');
  });
});
