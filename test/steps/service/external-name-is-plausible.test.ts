import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/service/external-name-is-plausible.js';
import { looking } from '../look.js';
import { service, toCart } from '../shop.js';

const look = looking(step, 'external-name-is-plausible');
const flow = toCart;
const naming = (externalName: string) => service({ type: 'ExternalName', externalName, selector: undefined });
const payments = service({}, 'payments', 'bank');

describe('external-name-is-plausible', () => {
  it.each([
    ['not-external-name', [service()]],
    ['plausible', [naming('cart.example.com')]],
    ['names-service', [naming('payments.bank.svc.cluster.local'), payments]],
    ['empty', [naming('')]],
    ['is-address', [naming('192.0.2.7')]],
    ['relative', [naming('payments')]],
    ['relative', [naming('payments.bank.svc')]],
    ['names-missing-service', [naming('payment.bank.svc.cluster.local'), payments]],
    ['names-itself', [naming('cart.shop.svc.cluster.local')]],
    ['no-service', []],
  ])('%s', async (outcome, services) => {
    const seen = await look({ services }, { flow });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
    expect(seen.used).toEqual(step.reads);
  });

  it('names the Service that is not there', async () => {
    const { facts } = await look({ services: [naming('payment.bank.svc.k8s.example.com')] }, { flow });
    expect(facts).toEqual({ target: 'payment.bank.svc.k8s.example.com', names: 'bank/payment' });
  });

  it('raises no alarm over a name that ends in a dot', async () => {
    expect((await look({ services: [naming('cart.example.com.')] }, { flow })).outcome).toBe('plausible');
  });
});
