import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/exposure/load-balancer-has-an-address.js';
import { looking } from '../look.js';
import { ago, service, toCart } from '../shop.js';

const look = looking(step, 'load-balancer-has-an-address');
const flow = { ...toCart, from: { kind: 'outside' } } as const;

const balanced = (age: number, given: object[] = [], name = 'cart') => ({
  metadata: { namespace: 'shop', name, uid: `uid-${name}`, creationTimestamp: ago(age) },
  spec: service({ type: 'LoadBalancer' }).spec ?? {},
  status: { loadBalancer: { ingress: given } },
});
const event = (reason: string, message: string, uid = 'uid-cart') => ({
  metadata: { namespace: 'shop', name: reason },
  involvedObject: { kind: 'Service', name: 'cart', uid },
  ...{ reason, message, lastTimestamp: ago(30) as never },
});
// As MetalLB 0.15 writes them.
const failed = (why: string) => event('AllocationFailed', `Failed to allocate IP for "shop/cart": ${why}`);
const other = balanced(9000, [{ ip: '192.0.2.9' }], 'till');

describe('load-balancer-has-an-address', () => {
  it.each([
    ['given', [balanced(600, [{ ip: '192.0.2.7' }])], []],
    ['given', [balanced(600, [{ hostname: 'lb.example.com' }])], [failed('no available IPs')]],
    ['not-a-load-balancer', [service({ type: 'NodePort' })], []],
    ['pool-exhausted', [balanced(600)], [failed('no available IPs')]],
    [
      'address-in-use',
      [balanced(600)],
      [failed('can\'t change sharing key for "shop/cart", address also in use by shop/till')],
    ],
    ['address-not-offered', [balanced(600)], [failed('["192.0.2.7"] is not allowed in config')]],
    ['refused', [balanced(600)], [event('SyncLoadBalancerFailed', 'Error syncing load balancer: not authorized')]],
    ['nobody-gives-one', [balanced(600)], []],
    ['pending', [balanced(20)], []],
    // Somebody serves the others: why not this one is not known.
    ['pending', [balanced(600), other], []],
    ['pending', [balanced(600)], [event('EnsuringLoadBalancer', 'Ensuring load balancer')]],
    ['no-service', [], []],
  ])('%s', async (outcome, services, events) => {
    const seen = await look({ services, events }, { flow });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
    expect(seen.used.toSorted()).toEqual(step.reads.toSorted());
  });

  it('leaves out what was said of an earlier Service of that name', async () => {
    const events = [event('AllocationFailed', 'no available IPs', 'uid-before')];
    expect((await look({ services: [balanced(600), other], events }, { flow })).outcome).toBe('pending');
  });

  it('accuses nobody where events may not be read', async () => {
    const seen = await look({ services: [balanced(600)] }, { flow, answers: { deny: ['events'] } });
    expect(seen.result).toBe('unsure');
  });
});
