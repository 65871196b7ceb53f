import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/service/service-protocol-fits-pods.js';
import { looking } from '../look.js';
import { pod, service, toCart } from '../shop.js';

const look = looking(step, 'service-protocol-fits-pods');
const flow = toCart;
const over = (protocol: string, targetPort: number | string = 5353) => [
  service({ ports: [{ name: 'dns', port: 80, protocol, targetPort }] }),
];
const declaring = (name: string, ...ports: object[]) => pod(name, { spec: { containers: [{ name: 'web', ports }] } });
const udp = { name: 'dns', containerPort: 5353, protocol: 'UDP' };

describe('service-protocol-fits-pods', () => {
  it.each([
    ['fits', over('TCP'), [declaring('cart-1', { containerPort: 5353 })]],
    ['differs', over('TCP'), [declaring('cart-1', udp)]],
    ['differs', over('TCP', 'dns'), [declaring('cart-1', udp)]],
    ['undeclared', over('TCP'), [declaring('cart-1')]],
    ['nothing-to-compare', over('TCP'), []],
    ['nothing-to-compare', [], []],
  ])('%s', async (outcome, services, pods) => {
    const seen = await look({ services, pods }, { flow });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
  });

  it('tells both protocols, and reads what it declares', async () => {
    const { facts, used } = await look({ services: over('TCP'), pods: [declaring('cart-1', udp)] }, { flow });
    expect(used).toEqual(step.reads);
    expect(facts).toEqual({ port: 80, 'target-port': 5353, protocol: 'TCP', declared: ['UDP'], pods: ['cart-1'] });
  });

  it('raises no alarm over a number that is declared for both protocols', async () => {
    const pods = [declaring('cart-1', udp, { name: 'dns-tcp', containerPort: 5353, protocol: 'TCP' })];
    expect((await look({ services: over('TCP'), pods }, { flow })).result).toBe('pass');
  });

  it('never calls it a fault: the declaration may be what is wrong', async () => {
    expect((await look({ services: over('TCP'), pods: [declaring('cart-1', udp)] }, { flow })).result).toBe('warn');
  });
});
