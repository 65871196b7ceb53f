import { describe, expect, it } from 'vitest';
import { runToTheEnd, stopper } from '../../src/commands/headless.js';
import { exitCodes } from '../../src/commands/io.js';
import type { Happening } from '../../src/domain/journal.js';
import { journal, open, seen, shopWorld } from '../machines/shop.js';

const nobody = { reason: () => undefined };
const silent = <T>() => new Promise<T>(() => {});

describe('a session with nobody at the keys', () => {
  it.each(['auto', 'step'] as const)('leaves questions unanswered and ends with a verdict at %s pace', async (pace) => {
    const { session } = open({ pace });
    expect(await runToTheEnd(session, nobody)).toEqual({ cause: 'verdict' });
    expect(session.look().verdict?.tree).toEqual({ cause: 'KP-01' });
  });

  it.each(['PAUSE', 'BACK'] as const)('goes on from where somebody left it paused by %s', async (type) => {
    const first = open({ pace: 'step' });
    first.session.start();
    await seen(first.session, ({ reviewing }) => reviewing);
    first.session.send({ type: 'NEXT' });
    await seen(first.session, ({ reviewing, current }) => reviewing && current?.node === 'endpoints');
    first.session.send({ type });
    expect(first.session.look().paused).toBe(true);
    const { session } = open({ pace: 'auto', earlier: journal(first.told.happenings as Happening[]) });
    expect(await runToTheEnd(session, nobody)).toEqual({ cause: 'verdict' });
  });

  it('says why it could not begin', async () => {
    const { session } = open({ connect: () => Promise.reject(new TypeError('no cluster')) });
    expect(await runToTheEnd(session, nobody)).toEqual({ cause: 'failed', code: 'TypeError', message: 'no cluster' });
  });
});

describe('the stopper', () => {
  const listening = () => {
    const listeners = new Set<(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') => void>();
    const onSignal = (listener: (signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    };
    return { listeners, onSignal };
  };

  it.each([
    ['SIGINT', 'interrupted', exitCodes.interrupted],
    ['SIGTERM', 'terminated', exitCodes.terminated],
    ['SIGHUP', 'terminated', exitCodes.terminated],
  ] as const)('ends a session at %s', async (signal, cause, exitCode) => {
    const { listeners, onSignal } = listening();
    const stop = stopper({ onSignal }, undefined);
    const { session } = open({ signal: stop.signal, world: shopWorld({ pod: () => silent() }) });
    const ended = runToTheEnd(session, stop);
    await seen(session, ({ current }) => current?.node === 'address');
    for (const listener of listeners) listener(signal);
    for (const listener of listeners) listener('SIGTERM');
    expect(await ended).toEqual({ cause, exitCode });
    expect(session.look().verdict?.tree).toBe('stopped');
    stop.release();
    expect(listeners.size).toBe(0);
  });

  it('ends a session at its deadline', async () => {
    const stop = stopper(listening(), 5);
    const { session } = open({ signal: stop.signal, connect: () => silent() });
    expect(await runToTheEnd(session, stop)).toEqual({ cause: 'deadline', exitCode: exitCodes.deadline });
    stop.release();
  });

  it('does nothing where nothing ends the session', () => {
    const stop = stopper(listening(), 60_000);
    expect([stop.signal.aborted, stop.reason()]).toEqual([false, undefined]);
    stop.release();
  });
});
