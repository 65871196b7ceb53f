import { describe, expect, it } from 'vitest';
import { runToTheEnd } from '../../src/commands/headless.js';
import type { Happening } from '../../src/domain/journal.js';
import type { AnyStep } from '../../src/domain/step.js';
import { cartSilent, catalogOf, journal, type Operator, open, seen, shopWorld, walked } from './shop.js';

const { steps } = catalogOf();
const capture = { ...(steps['service-exists']?.step as AnyStep), cost: 3 as const };
const captureFirst = (more: Partial<AnyStep> = {}) => ({
  ...catalogOf({ 'packets-pass': { ...capture, ...more } }),
  runbooks: {
    'cart-silent': {
      ...cartSilent,
      start: 'trace',
      nodes: {
        trace: {
          step: 'packets-pass',
          on: { exists: 'service', missing: { cause: 'SVC-09' } },
          otherwise: 'service',
        },
        ...cartSilent.nodes,
      },
    },
  },
});

const start = (changes: Parameters<typeof open>[0] = {}) => open({ catalog: captureFirst(), ...changes });
const saying =
  (answer: string): Operator =>
  ({ asking, reviewing }) => {
    if (asking?.node === 'trace') return { type: 'ANSWER', answer };
    if (asking) return { type: 'SKIP' };
    return reviewing ? { type: 'NEXT' } : undefined;
  };

const consents = (happenings: readonly Happening[]) =>
  happenings.flatMap(({ type, data, actor }) => (type === 'consent.given' ? [{ ...data, actor }] : []));
const said = (given: boolean, source: 'flag' | 'prompt', actor: string) => ({
  ...{ node: 'trace', check: 'packets-pass', given, source, actor },
});

describe('a check that no level covers', () => {
  it('asks first, touches nothing before the yes, and runs after it', async () => {
    const world = shopWorld();
    const { session, told } = start({ world });
    session.start();
    const look = await seen(session, ({ asking }) => asking !== null);
    expect([look.asking?.node, Object.keys(look.asking?.question.answers ?? {})]).toEqual(['trace', ['no', 'yes']]);
    expect(look.current).toBeNull();
    expect(told.happenings.some(({ type }) => type === 'check.started')).toBe(false);
    session.send({ type: 'ANSWER', answer: 'yes' });
    await seen(session, ({ trail }) => trail.length > 0);
    expect(session.look().trail[0]).toMatchObject({ check: 'packets-pass', outcome: 'exists', result: 'pass' });
    expect(consents(told.happenings)).toEqual([said(true, 'prompt', 'operator')]);
  });

  it.each([['no'], ['skip']])('is left out after %s, and the walk goes on', async (answer) => {
    const { session, told } = start();
    const { trail, verdict } = await walked(session, answer === 'skip' ? undefined : saying(answer));
    expect(trail[0]).toMatchObject({ result: 'skip', reason: { code: 'not-granted', detail: 'consent' } });
    expect(trail.map(({ node }) => node)).toContain('address');
    expect(verdict?.notChecked.map(({ check }) => check)).toContain('packets-pass');
    expect(consents(told.happenings)).toEqual([said(false, 'prompt', 'operator')]);
  });

  it('does not ask where the start of the session said yes, and writes that down', async () => {
    const { session, told } = start({ consent: ['packets-pass'] });
    const { trail } = await walked(session);
    expect(trail[0]).toMatchObject({ outcome: 'exists' });
    expect(consents(told.happenings)).toEqual([said(true, 'flag', 'tool')]);
  });

  it('is not asked for where it could not run anyway', async () => {
    const { session, told } = start({ catalog: captureFirst({ level: 'node' }) });
    const { trail } = await walked(session);
    expect(trail[0]).toMatchObject({ result: 'skip', reason: { code: 'not-granted', detail: 'node' } });
    expect(consents(told.happenings)).toEqual([]);
  });

  it('is left out with nobody at the keys', async () => {
    const { session } = start();
    expect(await runToTheEnd(session, { reason: () => undefined })).toEqual({ cause: 'verdict' });
    expect(session.look().trail[0]).toMatchObject({ result: 'skip', reason: { detail: 'consent' } });
  });

  it('is never started ahead of the walk, whatever was consented to', async () => {
    const { session } = start({ consent: ['packets-pass'], connect: async () => shopWorld(), pace: 'step' });
    session.start();
    const { flights } = await seen(session, ({ reviewing }) => reviewing);
    expect(flights.filter(({ check }) => check === 'packets-pass').length).toBe(1);
  });

  it('asks again when who said no wants it to run again, and not after a yes', async () => {
    const { session } = start({ pace: 'step' });
    session.start();
    await seen(session, ({ asking }) => asking !== null);
    session.send({ type: 'ANSWER', answer: 'no' });
    await seen(session, ({ reviewing }) => reviewing);
    session.send({ type: 'RERUN' });
    expect((await seen(session, ({ asking }) => asking !== null)).asking?.node).toBe('trace');
    session.send({ type: 'ANSWER', answer: 'yes' });
    await seen(session, ({ reviewing, trail }) => reviewing && trail.length === 2);
    session.send({ type: 'RERUN' });
    const { trail } = await seen(session, (look) => look.trail.length === 3);
    expect(trail.map(({ result }) => result)).toEqual(['skip', 'pass', 'pass']);
  });

  it.each([
    ['a yes at the keys', 'yes', undefined, undefined],
    ['a no at the keys', 'no', undefined, undefined],
    ['a yes by flag, now gone', 'yes', ['packets-pass'], undefined],
    ['a yes at the keys, now by flag', 'yes', undefined, ['packets-pass']],
  ])('stands where it stood after it was killed: %s', async (_, answer, before, now) => {
    const whole = start({ pace: 'step', ...(before ? { consent: before } : {}) });
    const end = await walked(whole.session, saying(answer));
    for (let length = 0; length <= whole.told.happenings.length; length++) {
      const earlier = journal(whole.told.happenings.slice(0, length));
      const again = start({ pace: 'step', earlier, ...(now ? { consent: now } : {}) });
      const { trail, verdict } = await walked(again.session, saying(answer));
      expect(trail.map(({ node, outcome }) => [node, outcome])).toEqual(
        end.trail.map(({ node, outcome }) => [node, outcome]),
      );
      expect(verdict).toEqual(end.verdict);
    }
  });
});
