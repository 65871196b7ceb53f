import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Happening } from '../../src/domain/journal.js';
import type { Verdict } from '../../src/domain/verdict.js';
import type { SessionLook } from '../../src/machines/look.js';
import type { WalkEvent } from '../../src/machines/walk-context.js';
import { journal, type Operator, open, shopWorld, walked } from './shop.js';

type Act = 'next' | 'rerun' | 'override' | 'back' | 'pause';
type Answer = 'tonight' | 'always' | 'skip';
interface Temper {
  readonly acts: Readonly<Record<string, Act>>;
  readonly answer: Answer;
}

const onFirstRun: Readonly<Record<Act, WalkEvent>> = {
  next: { type: 'NEXT' },
  rerun: { type: 'RERUN' },
  override: { type: 'OVERRIDE', outcome: 'some', reason: 'I looked' },
  back: { type: 'BACK' },
  pause: { type: 'PAUSE' },
};

const makesSense = (act: Act, { current, paused, canGoBack }: SessionLook) => {
  if (act === 'back') return canGoBack;
  if (act === 'pause') return !paused;
  return act !== 'override' || current?.node === 'endpoints';
};

/** Somebody who does the same thing again in the same place, whatever process asks. */
const operator =
  ({ acts, answer }: Temper): Operator =>
  (look) => {
    const { asking, reviewing, current } = look;
    if (asking) return answer === 'skip' ? { type: 'SKIP' } : { type: 'ANSWER', answer };
    if (!reviewing || !current) return undefined;
    const act = acts[current.node] ?? 'next';
    return onFirstRun[current.run === 1 && makesSense(act, look) ? act : 'next'];
  };

const session = (earlier?: readonly Happening[]) =>
  open({ pace: 'step', world: shopWorld(), ...(earlier ? { earlier: journal(earlier) } : {}) });

const walk = async (temper: Temper, earlier?: readonly Happening[]) => {
  const opened = session(earlier);
  const { verdict, trail } = await walked(opened.session, operator(temper));
  return { verdict: verdict as Verdict, trail, happenings: [...(earlier ?? []), ...opened.told.happenings] };
};

const count = (happenings: readonly Happening[], wanted: Happening['type']) =>
  happenings.filter(({ type }) => type === wanted).length;

const act = fc.constantFrom<Act>('next', 'rerun', 'override', 'back', 'pause');
const temper: fc.Arbitrary<Temper> = fc.record({
  acts: fc.record({ service: act, endpoints: act, address: act, 'last-look': act }),
  answer: fc.constantFrom<Answer>('tonight', 'always', 'skip'),
});

describe('a session whose process was killed', () => {
  it('ends with the same verdict and the same findings, wherever it was killed and whatever the operator does', {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(temper, async (who) => {
        const whole = await walk(who);
        for (let length = 0; length <= whole.happenings.length; length++) {
          const again = await walk(who, whole.happenings.slice(0, length));
          expect(again.verdict).toEqual(whole.verdict);
          expect(again.trail.map(({ node, run, outcome }) => [node, run, outcome])).toEqual(
            whole.trail.map(({ node, run, outcome }) => [node, run, outcome]),
          );
          expect(count(again.happenings, 'concluded')).toBe(1);
          expect(count(again.happenings, 'check.finished')).toBe(count(whole.happenings, 'check.finished'));
        }
      }),
      { numRuns: 25 },
    );
  });

  it('does not look again at what it has found', async () => {
    const who: Temper = { acts: {}, answer: 'tonight' };
    const { happenings } = await walk(who);
    const untilQuestion = happenings.slice(
      0,
      happenings.findIndex(({ type }) => type === 'decision.operator'),
    );
    const world = shopWorld();
    await walked(open({ pace: 'step', world, earlier: journal(untilQuestion) }).session, operator(who));
    expect(world.calls.filter((call) => call.port === 'kube' && 'kind' in call)).toEqual([]);
    expect(world.ran).toEqual(['knock']);
  });

  it('stands where it stood, at the check that was running', async () => {
    const { happenings } = await walk({ acts: { endpoints: 'rerun' }, answer: 'skip' });
    const rerun = happenings.findIndex(({ type }) => type === 'check.rerun');
    const { session: resumed } = open({
      pace: 'step',
      earlier: journal(happenings.slice(0, rerun + 2)),
      connect: async () => shopWorld(),
    });
    const places: unknown[] = [];
    await walked(resumed, (look) => {
      if (look.current) places.push([look.current.node, look.current.run]);
      return operator({ acts: {}, answer: 'skip' })(look);
    });
    expect(places[0]).toEqual(['endpoints', 2]);
  });
});
