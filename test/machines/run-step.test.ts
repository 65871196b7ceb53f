import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CannotLook } from '../../src/domain/cannot-look.js';
import { flowBetween, readEnd } from '../../src/domain/ends.js';
import type { AnyStep } from '../../src/domain/step.js';
import { createRunner, type RunnerDeps } from '../../src/machines/run-step.js';
import { portsFor } from '../../src/ports/step-ports.js';
import { catalogOf, shopWorld, toCart } from './shop.js';

const never = new AbortController().signal;
const silent = <T>() => new Promise<T>(() => {});

const runner = (changes: Partial<RunnerDeps> & { world?: ReturnType<typeof shopWorld> } = {}) => {
  const { world = shopWorld(), ...deps } = changes;
  const made = createRunner({
    catalog: catalogOf(),
    flow: toCart,
    level: 'probe',
    limits: {},
    ports: (step, options) => portsFor(step, world, options),
    now: () => world.clock.now(),
    signal: never,
    ...deps,
  });
  const run = (check: string, { fresh = false, signal = never } = {}) =>
    made.run({ node: 'here', check, run: 1, fresh }, signal);
  return { ...made, run, world };
};

const odd = (more: Partial<AnyStep>): { catalog: RunnerDeps['catalog'] } => {
  const { steps } = catalogOf();
  const step = { ...(steps['service-exists']?.step as AnyStep), ...more };
  return { catalog: catalogOf({ odd: step }) };
};

describe('a run of a check', () => {
  it('answers with the outcome, its result, its facts and what it touched', async () => {
    const looked = await runner().run('has-endpoints');
    expect(looked).toMatchObject({ outcome: 'some', result: 'pass', facts: { total: 1 }, evidence: { total: 1 } });
    expect(looked.touches.map(({ call }) => call)).toMatchObject([{ verb: 'list', kind: 'endpointslices' }]);
    expect(looked).not.toHaveProperty('reason');
  });

  it('is skipped where the level does not allow it, and touches nothing', async () => {
    const { run, world } = runner({ level: 'observe' });
    expect(await run('cart-answers')).toMatchObject({
      ...{ outcome: 'not-granted', result: 'skip' },
      reason: { code: 'not-granted', detail: 'probe' },
    });
    expect(world.calls).toEqual([]);
  });

  it('is skipped where it captures or loads and nobody consented', async () => {
    expect((await runner(odd({ cost: 3 })).run('odd')).reason).toEqual({ code: 'not-granted', detail: 'consent' });
  });

  it('is skipped where the flow has other ends', async () => {
    const flow = flowBetween(readEnd('node/node-a', 'shop'), readEnd('svc/cart', 'shop'));
    expect(await runner({ flow }).run('cart-answers')).toMatchObject({
      ...{ outcome: 'flow-unfit', result: 'skip' },
      reason: { code: 'flow-unfit', detail: 'node -> service' },
    });
  });

  it('is an error with the missing right where it may not look', async () => {
    const looked = await runner({ world: shopWorld({ deny: ['services'] }) }).run('service-exists');
    expect(looked).toMatchObject({
      ...{ outcome: 'forbidden', result: 'error', facts: {} },
      reason: { code: 'forbidden', missing: { verb: 'get', resource: 'services', group: '', namespace: 'shop' } },
    });
    expect(looked.touches[0]?.refused?.code).toBe('forbidden');
  });

  it('tells all that it has asked for, also what ends after the call that failed', async () => {
    const world = shopWorld({ deny: ['services'] });
    const slow = Promise.withResolvers<void>();
    const late = {
      ...world,
      ask: async (...asked: Parameters<typeof world.ask>) => {
        const [call] = asked;
        if (call.port === 'kube' && call.verb === 'list') await slow.promise;
        // By then whoever waits for this call knows that it failed.
        return await world.ask(...asked).finally(() => setImmediate(slow.resolve));
      },
    } as typeof world;
    const collect: AnyStep['collect'] = async ({ kube }) => {
      const inOrder = async () => {
        await kube.list('services', { namespace: 'shop' }).catch(() => []);
        return await kube.list('services', { namespace: 'shop', labels: { app: 'cart' } });
      };
      await Promise.all([kube.get('services', { namespace: 'shop', name: 'cart' }), inOrder()]);
    };
    const ports: RunnerDeps['ports'] = (step, options) => portsFor(step, late, options);
    const { reason, touches } = await runner({ ...odd({ collect }), ports }).run('odd');
    expect(reason?.code).toBe('forbidden');
    expect(touches.map(({ call }) => call.port === 'kube' && call.verb)).toEqual(['get', 'list', 'list']);
  });

  it.each(['timeout', 'tool-missing', 'lost', 'capped', 'not-recorded'] as const)(
    'is an error where the port says %s',
    async (code) => {
      const world = shopWorld({
        pod: () => {
          throw new CannotLook(code, 'the shop is closed');
        },
      });
      expect(await runner({ world }).run('cart-answers')).toMatchObject({
        ...{ outcome: code, result: 'error' },
        reason: { code, detail: 'the shop is closed' },
      });
    },
  );

  it('is given up at its limit', async () => {
    const world = shopWorld({ pod: () => silent() });
    expect(await runner({ world, limits: { check: 5 } }).run('cart-answers')).toMatchObject({
      ...{ outcome: 'timeout', result: 'error' },
      reason: { code: 'timeout' },
    });
  });

  it('is given up at its limit even when it does not listen to its signal', async () => {
    const looked = await runner({ ...odd({ collect: () => silent() }), limits: { check: 5 } }).run('odd');
    expect(looked.outcome).toBe('timeout');
  });

  it.each<[string, Partial<AnyStep>, string]>([
    ['collecting throws', { collect: () => Promise.reject(new TypeError('no cart')) }, 'TypeError: no cart'],
    [
      'collecting throws at once',
      {
        collect: () => {
          throw new TypeError('no cart');
        },
      },
      'TypeError: no cart',
    ],
    ['collecting throws no error', { collect: () => Promise.reject('no cart') }, 'no cart'],
    [
      'judging throws',
      {
        interpret: () => {
          throw new RangeError('too many carts');
        },
      },
      'RangeError: too many carts',
    ],
    ['the evidence has another shape', { evidence: z.object({ found: z.string() }) }, 'ZodError'],
    ['the outcome is not declared', { interpret: () => ({ outcome: 'sold' }) }, '"sold", which it does not declare'],
    [
      'the outcome is one of every object',
      { interpret: () => ({ outcome: 'constructor' }) },
      'which it does not declare',
    ],
    ['it reads what it does not declare', { reads: [] }, 'does not declare it'],
  ])('is shown as a bug where %s', async (_, more, detail) => {
    const looked = await runner(odd(more)).run('odd');
    expect(looked).toMatchObject({ outcome: 'bug', result: 'error', reason: { code: 'bug' } });
    expect(looked.reason?.detail).toContain(detail);
  });

  it('is shown as a bug where no such check exists', async () => {
    expect((await runner().run('till-opens')).reason).toEqual({ code: 'bug', detail: 'there is no step till-opens' });
  });
});

describe('the runner', () => {
  const gets = (world: ReturnType<typeof shopWorld>) =>
    world.calls.filter((call) => call.port === 'kube' && call.verb === 'get').length;

  it('looks once for a prefetched check, however many nodes ask', async () => {
    const { prefetch, run, world, flights } = runner();
    prefetch(['service-exists', 'has-endpoints', 'service-exists']);
    prefetch(['service-exists']);
    const [one, two] = await Promise.all([run('service-exists'), run('service-exists')]);
    expect(one).toBe(two);
    expect(gets(world)).toBe(1);
    expect([...flights.values()].map(({ check, result }) => [check, result])).toEqual([
      ['service-exists', 'pass'],
      ['has-endpoints', 'pass'],
    ]);
  });

  it('looks again when asked afresh, past every cache', async () => {
    const fresh: unknown[] = [];
    const world = shopWorld();
    const { run } = runner({
      ports: (step, options) => {
        fresh.push(options.fresh);
        return portsFor(step, world, options);
      },
    });
    await run('service-exists');
    const again = await run('service-exists', { fresh: true });
    expect(gets(world)).toBe(2);
    expect(fresh).toEqual([false, true]);
    expect(await run('service-exists')).toBe(again);
  });

  it('lets the next node look for itself where the one before did not wait', async () => {
    const doors = [
      silent<never>(),
      Promise.resolve({ argv: [], tool: 'nc', exitCode: 0, stdout: '', stderr: '', durationMs: 1 }),
    ];
    const { run } = runner({ world: shopWorld({ pod: () => doors.shift() ?? silent<never>() }) });
    const gone = new AbortController();
    const first = run('cart-answers', { signal: gone.signal });
    gone.abort();
    expect((await first).outcome).toBe('timeout');
    expect((await run('cart-answers')).outcome).toBe('answers');
  });

  it('tells of every flight that starts and lands', async () => {
    let told = 0;
    const { prefetch, run, flights } = runner({ changed: () => void told++ });
    prefetch(['service-exists']);
    expect(flights.get('service-exists')).not.toHaveProperty('result');
    const before = told;
    await run('service-exists');
    expect(told).toBeGreaterThan(before);
  });
});
