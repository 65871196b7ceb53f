import { describe, expect, it } from 'vitest';
import { mostRequests, rememberAnswers, thriftyAsker } from '../../src/commands/thrifty-asker.js';
import type { Call } from '../../src/domain/ports.js';
import { NotAsked } from '../../src/sharing/reading.js';
import { fakeWorld } from '../support/fake-world.js';

const services = { port: 'kube', verb: 'list', kind: 'services', namespace: 'shop' } as const;
const ingresses = { port: 'kube', verb: 'list', kind: 'ingresses', namespace: 'shop' } as const;
const routes = { port: 'kube', verb: 'list', kind: 'httproutes.gateway.networking.k8s.io', namespace: 'shop' } as const;
const cart = { metadata: { namespace: 'shop', name: 'cart' } };

/** A session that has made this many requests so far. */
const having = (requests: number, seen: ReadonlyMap<string, unknown> = new Map()) => {
  const fake = fakeWorld({ services: [cart] });
  const world = { ...fake, cost: () => ({ requests, bytes: 0, commands: 0 }) };
  return { fake, ask: thriftyAsker({ world, seen, signal: fake.signal }) };
};

describe('an asker of a session that should stay small', () => {
  it('answers from what the checks have read, also where it may ask nothing more', async () => {
    const seen = new Map<string, unknown>();
    rememberAnswers(seen, [{ call: services, answer: [cart], startedAt: 0, durationMs: 1 }]);
    const { ask, fake } = having(mostRequests, seen);
    expect(await ask(services)).toEqual([cart]);
    expect(fake.calls).toEqual([]);
  });

  it('asks for as much as there is room for, each question once', async () => {
    const { ask, fake } = having(mostRequests - 1);
    expect(await Promise.all([ask(services), ask(services)])).toEqual([[cart], [cart]]);
    await expect(ask(ingresses)).rejects.toThrow(NotAsked);
    expect(fake.calls).toHaveLength(1);
  });

  it('keeps a request for finding out that a plugin is not there', async () => {
    await expect(having(mostRequests - 1).ask(routes)).rejects.toThrow(NotAsked);
    expect(await having(mostRequests - 2).ask(routes)).toEqual([]);
  });

  it('takes from a recording how many requests were made before', async () => {
    const fake = fakeWorld({ services: [cart] });
    const world = {
      ...fake,
      cost: () => ({ requests: 99, bytes: 0, commands: 0 }),
      clock: { now: () => 0, mark: () => 3 },
    };
    expect(await thriftyAsker({ world, seen: new Map(), signal: fake.signal })(services as Call)).toEqual([cart]);
  });

  it('could not look where the session is being stopped', async () => {
    const stopped = AbortSignal.abort(new Error('stopped'));
    const ask = thriftyAsker({ world: fakeWorld(), seen: new Map(), signal: stopped });
    await expect(ask(services)).rejects.toMatchObject({ name: 'CannotLook', code: 'timeout' });
  });
});
