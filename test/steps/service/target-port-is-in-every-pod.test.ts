import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/service/target-port-is-in-every-pod.js';
import { looking } from '../look.js';
import { evicted, pod, service, toCart } from '../shop.js';

const look = looking(step, 'target-port-is-in-every-pod');
const flow = toCart;
const to = (targetPort: number | string, protocol = 'TCP') => [
  service({ ports: [{ name: 'http', port: 80, protocol, targetPort }] }),
];
const declaring = (name: string, ...ports: object[]) =>
  pod(name, { spec: { nodeName: 'node-a', containers: [{ name: 'web', ports }] } });
const web = { name: 'web', containerPort: 8080 };

describe('target-port-is-in-every-pod', () => {
  it.each([
    ['all', to('web'), [declaring('cart-1', web), declaring('cart-2', web)]],
    ['all', to(8080), [declaring('cart-1', web)]],
    ['named-missing-everywhere', to('wbe'), [declaring('cart-1', web)]],
    ['named-missing-everywhere', to('web'), [declaring('cart-1', { ...web, protocol: 'UDP' })]],
    ['named-missing-in-some', to('web'), [declaring('cart-1', web), declaring('cart-2', { containerPort: 8080 })]],
    ['number-undeclared', to(9090), [declaring('cart-1', web)]],
    ['selectorless', [service({ selector: undefined })], []],
    ['nothing-to-compare', [], []],
    ['nothing-to-compare', to(8080), []],
  ])('%s', async (outcome, services, pods) => {
    const seen = await look({ services, pods }, { flow });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
  });

  it('tells what is declared and which name is close, and reads what it declares', async () => {
    const { facts, used } = await look({ services: to('wbe'), pods: [declaring('cart-1', web)] }, { flow });
    expect(used).toEqual(step.reads);
    expect(facts).toEqual({
      port: 80,
      'target-port': 'wbe',
      pods: ['cart-1'],
      total: 1,
      of: 1,
      offered: ['web 8080/TCP'],
      near: ['web'],
    });
  });

  it('never calls an undeclared number a fault', async () => {
    expect((await look({ services: to(9090), pods: [declaring('cart-1')] }, { flow })).result).toBe('unsure');
  });

  it('raises no alarm over a port that a sidecar declares, nor over a Pod that ended', async () => {
    const sidecar = pod('cart-1', {
      spec: {
        containers: [{ name: 'web' }],
        initContainers: [{ name: 'proxy', restartPolicy: 'Always', ports: [web] }],
      },
    });
    const gone = pod('cart-0', { spec: { containers: [{ name: 'web' }] }, status: evicted });
    expect((await look({ services: to('web'), pods: [sidecar, gone] }, { flow })).result).toBe('pass');
  });
});
