import { describe, expect, it } from 'vitest';
import type { Happening } from '../../src/domain/journal.js';
import { open, seen, shopWorld } from './shop.js';

const silent = <T>() => new Promise<T>(() => {});
const _ending = { world: shopWorld({}, { endpointslices: [] }) };
const types = (happenings: readonly Happening[]) => happenings.map(({ type }) => type);

describe('a session that is stopped', () => {
  it('in the middle still has a verdict, of what it found', async () => {
    const { session, told } = open({ world: shopWorld({ pod: () => silent() }) });
    session.start();
    await seen(session, ({ asking }) => asking !== null);
    session.send({ type: 'SKIP' });
    await seen(session, ({ current }) => current?.node === 'address');
    session.stop();
    const { verdict, trail } = await seen(session, ({ phase }) => phase === 'judged');
    expect(verdict?.tree).toBe('stopped');
    expect(trail.map(({ node }) => node)).toEqual(['service', 'endpoints']);
    expect(types(told.happenings)).not.toContain('concluded');
  });

  it('from outside, as by a deadline, leaves nothing running behind', async () => {
    const world = shopWorld({ pod: () => silent() });
    const { session, told, stop } = open({ world });
    session.start();
    await seen(session, ({ asking }) => asking !== null);
    session.send({ type: 'SKIP' });
    await seen(session, ({ current }) => current?.node === 'address');
    stop();
    const { verdict, flights } = await seen(
      session,
      ({ phase, flights: all }) => phase === 'judged' && all.every(({ result }) => result),
    );
    expect(verdict?.tree).toBe('stopped');
    expect(flights.find(({ check }) => check === 'cart-answers')).toMatchObject({
      result: 'error',
      outcome: 'timeout',
    });
    const lines = told.happenings.length;
    session.send({ type: 'NEXT' });
    expect(told.happenings).toHaveLength(lines);
  });

  it('before it knows what it is about is over without a verdict', async () => {
    const { session, stop } = open({ connect: () => silent() });
    session.start();
    stop();
    expect(await seen(session, ({ phase }) => phase === 'over')).toMatchObject({ verdict: null, failure: null });
  });
});
