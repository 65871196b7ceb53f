import { describe, expect, it } from 'vitest';
import { CannotLook } from '../../src/domain/cannot-look.js';
import type { Call, World } from '../../src/domain/ports.js';
import { cached } from '../../src/ports/cached.js';
import { fakeWorld, ran } from '../support/fake-world.js';

const pods: Call = { port: 'kube', verb: 'list', kind: 'pods', namespace: 'shop' };
const cart: Call = { port: 'kube', verb: 'get', kind: 'services', namespace: 'shop', name: 'cart' };
const version: Call = { port: 'kube', verb: 'version' };
const logs: Call = { port: 'kube', verb: 'logs', pod: { namespace: 'shop', name: 'cart' }, tailLines: 10 };
const routes: Call = { port: 'node', node: 'node-a', query: 'ip-routes', args: {} };
const calls: [string, Call][] = [pods, cart, logs, routes].map((call) => [JSON.stringify(call), call]);
const signal = new AbortController().signal;

const withClock = () => {
  const clock = { at: 0, now: () => clock.at };
  const fake = fakeWorld({}, { clock, logs: () => 'ready', node: () => ran('default via 10.0.0.1') });
  return { clock, fake, world: cached(fake) };
};

/** A world whose answers the test gives, one `pending` per call that reached it. */
const slowWorld = () => {
  const pending: (PromiseWithResolvers<never> & { signal: AbortSignal })[] = [];
  const world: World = {
    ...fakeWorld(),
    ask: (_, signal) => {
      const asked = { ...Promise.withResolvers<never>(), signal };
      signal.addEventListener('abort', () => asked.reject(signal.reason));
      pending.push(asked);
      return asked.promise;
    },
  };
  return { pending, world: cached(world) };
};
const answer = ['cart'] as never;

describe('cached', () => {
  it.each(calls)('asks once within 30 seconds: %s', async (_, call) => {
    const { clock, fake, world } = withClock();
    const first = await world.ask(call, signal);
    clock.at = 29_999;
    expect(await world.ask(call, signal)).toEqual(first);
    expect(fake.calls).toHaveLength(1);
    clock.at = 30_000;
    await world.ask(call, signal);
    expect(fake.calls).toHaveLength(2);
  });

  it('keeps the version and the rights for the session', async () => {
    const { clock, fake, world } = withClock();
    await world.ask(version, signal);
    clock.at = 3_600_000;
    await world.ask(version, signal);
    expect(fake.calls).toHaveLength(1);
  });

  it('reads again when asked to, and shares what it read', async () => {
    const { fake, world } = withClock();
    await world.ask(pods, signal);
    await world.ask(pods, signal, { fresh: true });
    await world.ask(pods, signal);
    expect(fake.calls).toHaveLength(2);
  });

  it('counts age from the moment of asking', async () => {
    const clock = { at: 0, now: () => clock.at };
    const slow = Promise.withResolvers<string>();
    const fake = fakeWorld({}, { clock, logs: () => slow.promise });
    const world = cached(fake);
    const first = world.ask(logs, signal);
    clock.at = 40_000;
    const second = world.ask(logs, signal);
    slow.resolve('ready');
    expect(await Promise.all([first, second])).toEqual(['ready', 'ready']);
    expect(fake.calls).toHaveLength(1);
    await world.ask(logs, signal);
    expect(fake.calls).toHaveLength(2);
  });

  it('sends one request for callers that ask at the same time', async () => {
    const { pending, world } = slowWorld();
    const asked = [
      world.ask(pods, signal),
      world.ask({ ...pods, labels: {} } as Call, signal),
      world.ask(cart, signal),
    ];
    expect(pending).toHaveLength(2);
    for (const one of pending) one.resolve(answer);
    expect(await Promise.all(asked)).toEqual([answer, answer, answer]);
  });

  it('does not let a fresh caller join an older request', async () => {
    const { pending, world } = slowWorld();
    const asked = [world.ask(pods, signal), world.ask(pods, signal, { fresh: true }), world.ask(pods, signal)];
    expect(pending).toHaveLength(2);
    pending[1]?.resolve(answer);
    pending[0]?.resolve(['checkout'] as never);
    expect(await Promise.all(asked)).toEqual([['checkout'], answer, answer]);
    expect(await world.ask(pods, signal)).toEqual(answer);
  });

  it('does not keep a rejection', async () => {
    const { pending, world } = slowWorld();
    const failing = [world.ask(pods, signal), world.ask(pods, signal)];
    pending[0]?.reject(new CannotLook('lost', 'the connection was lost'));
    for (const one of failing) await expect(one).rejects.toThrow('lost');
    const again = world.ask(pods, signal);
    pending[1]?.resolve(answer);
    expect(await again).toEqual(answer);
  });

  it('goes on for the others when one caller gives up', async () => {
    const { pending, world } = slowWorld();
    const impatient = new AbortController();
    const gone = world.ask(pods, impatient.signal);
    const patient = world.ask(pods, signal);
    impatient.abort(new Error('skipped'));
    await expect(gone).rejects.toThrow('skipped');
    expect(pending[0]?.signal.aborted).toBe(false);
    pending[0]?.resolve(answer);
    expect(await patient).toEqual(answer);
  });

  it('gives the request up with its last caller, and then asks anew', async () => {
    const { pending, world } = slowWorld();
    const [first, second] = [new AbortController(), new AbortController()];
    const gone = [world.ask(pods, first.signal), world.ask(pods, second.signal)];
    first.abort(new Error('skipped'));
    await expect(gone[0]).rejects.toThrow('skipped');
    second.abort(new Error('stopped'));
    await expect(gone[1]).rejects.toThrow('stopped');
    expect(pending[0]?.signal.aborted).toBe(true);
    const again = world.ask(pods, signal);
    expect(pending).toHaveLength(2);
    pending[1]?.resolve(answer);
    expect(await again).toEqual(answer);
  });

  it('sends nothing for a caller that gave up before', async () => {
    const { pending, world } = slowWorld();
    await expect(world.ask(pods, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
    expect(pending).toHaveLength(0);
  });
});
