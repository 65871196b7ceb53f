import { setTimeout as pause } from 'node:timers/promises';
import type { Finding } from '../../domain/finding.js';
import type { FixData } from '../../domain/fix.js';
import type { Checks } from '../checks.js';

export interface Patience {
  /** Milliseconds between two looks. */
  readonly every: number;
  /** How long it has to work without a break. */
  readonly hold: number;
  /** When to give up, counted from the change. */
  readonly within: number;
}

/** A new Pod may take a while to answer, so that there is more time than it has to hold. */
export const patienceFor = (hold: number): Patience => ({ every: Math.min(2_000, hold / 10), hold, within: 3 * hold });

export interface Progress {
  readonly findings: readonly Finding[];
  /** Milliseconds for which it has worked so far; null while it does not. */
  readonly held: number | null;
  readonly hold: number;
}

type Verified = Omit<FixData<'fix.verified'>, 'target'>;

/** Checks that have to pass: those that showed the trouble, and those that were fine and have to stay so. */
export const required = (before: readonly Finding[]): readonly string[] =>
  before.filter(({ result }) => result === 'fail' || result === 'pass').map(({ check }) => check);

/** Whether any of them fails now, so that its passing tells something. */
export const tells = (before: readonly Finding[]) => before.some(({ result }) => result === 'fail');

const failing = (findings: readonly Finding[], must: readonly string[]) =>
  findings.filter(({ check, result }) => must.includes(check) && result !== 'pass').length;

const seen = ({ outcome, result }: Finding) => ({ outcome, result });

const sideBySide = (before: readonly Finding[], after: readonly Finding[]): Verified['checks'] =>
  before.flatMap((old) => {
    const now = after.find(({ check }) => check === old.check);
    return now ? [{ check: old.check, before: seen(old), after: seen(now) }] : [];
  });

const gaveUp = (before: readonly Finding[], after: readonly Finding[], must: readonly string[]) =>
  failing(after, must) > failing(before, must) ? 'worse' : 'not-held';

export interface Verifying {
  readonly checks: Pick<Checks, 'look'>;
  readonly before: readonly Finding[];
  readonly patience: Patience;
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly onLook?: ((progress: Progress) => void) | undefined;
}

/**
 * Repeats the checks until all that have to pass have passed for long enough without a break, or the time is over. What
 * could not be looked at has not passed.
 */
export const verify = async ({ checks, before, patience, signal, now, onLook }: Verifying): Promise<Verified> => {
  const must = required(before);
  const begun = now();
  let after: readonly Finding[] = before;
  let since: number | null = null;
  const told = (outcome: Verified['outcome']): Verified => ({
    ...{ outcome, checks: sideBySide(before, after) },
    since: since === null ? null : new Date(since).toISOString(),
    seconds: Math.round((now() - (since ?? begun)) / 1000),
  });
  /** Looks once, and tells for how long it has worked. */
  const look = async (run: number): Promise<number | null> => {
    const at = now();
    const findings = await checks.look([...new Set(before.map(({ check }) => check))], { run, fresh: true });
    if (signal.aborted) return null;
    after = findings;
    since = failing(findings, must) === 0 ? (since ?? at) : null;
    const held = since === null ? null : now() - since;
    onLook?.({ findings, held, hold: patience.hold });
    return held;
  };
  for (let run = 2; !signal.aborted; run += 1) {
    const held = await look(run);
    if (held !== null && held >= patience.hold) return told('held');
    if (now() - begun >= patience.within) break;
    await pause(patience.every, undefined, { signal }).catch(() => {});
  }
  since = null;
  return told(signal.aborted ? 'stopped' : gaveUp(before, after, must));
};
