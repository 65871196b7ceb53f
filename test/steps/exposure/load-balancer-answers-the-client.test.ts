import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/exposure/load-balancer-answers-the-client.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { service, toCart } from '../shop.js';

const look = looking(step, 'load-balancer-answers-the-client');
const balanced = (given: object[]) => ({
  ...service({ type: 'LoadBalancer' }),
  status: { loadBalancer: { ingress: given } },
});
const said = (...names: string[]) =>
  ran(names.map((name) => recorded('nc-busybox', `connect-${name}`)).join('\n'), { tool: 'nc' });
const services = [balanced([{ ip: '192.0.2.7', ipMode: 'Proxy' }])];

describe('load-balancer-answers-the-client', () => {
  it.each([
    ['answers', said('open')],
    ['some-fail', said('open', 'timeout')],
    ['refused', said('refused')],
    ['times-out', said('timeout')],
    ['unreachable', said('no-route')],
  ])('%s', async (outcome, run) => {
    const seen = await look({ services }, { flow: toCart, answers: { pod: () => run } });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
    expect(seen.used).toEqual(step.reads);
    expect(seen.facts).toMatchObject({ address: '192.0.2.7', 'lb-port': 80 });
  });

  it.each([
    ['without an address', [balanced([])]],
    ['without a Service', []],
  ])('is not-tried %s', async (_, objects) => {
    expect((await look({ services: objects }, { flow: toCart })).outcome).toBe('not-tried');
  });

  it('fails for every word of a connect that failed: resets among them', () =>
    expect(step.outcomes.resets).toBe('fail'));

  it.each([
    ['answers-inside', [{ ip: '192.0.2.7' }], 'open'],
    ['answers-inside', [{ ip: '192.0.2.7', ipMode: 'VIP' }], 'open'],
    ['times-out', [{ ip: '192.0.2.7' }], 'timeout'],
  ])('%s where kube-proxy takes the address of %j itself', async (outcome, given, heard) => {
    const seen = await look({ services: [balanced(given)] }, { flow: toCart, answers: { pod: () => said(heard) } });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
  });

  it('asks a load balancer by its name, where it has no address', async () => {
    const seen = await look(
      { services: [balanced([{ hostname: 'lb.example.com' }])] },
      { flow: toCart, answers: { pod: () => said('open') } },
    );
    expect(seen).toMatchObject({ outcome: 'answers', facts: { address: 'lb.example.com', named: true } });
  });
});
