import { type Prediction, type Tally, tallyOf } from '../domain/prediction.js';
import type { CurrentCheck, SessionLook } from '../machines/look.js';

/** What the operator has predicted, and how much of the trail was shown for it. */
export interface Predicting {
  /** Findings that are shown. The walk itself waits for none of them. */
  readonly shown: number;
  readonly said: readonly Prediction[];
}

/** The check whose result is predicted next. */
export interface Pending {
  readonly node: string;
  readonly check: string;
  readonly run: number;
  /** It has a result already, which waits to be shown. */
  readonly done: boolean;
}

/** What nobody looked at cannot be predicted, so it is shown at once. */
const shownOf = ({ trail }: SessionLook, { shown }: Predicting): number => {
  const next = trail.findIndex(({ result }, at) => at >= shown && result !== 'skip');
  return next < 0 ? Math.max(shown, trail.length) : next;
};

const isOver = ({ phase }: SessionLook) => phase === 'over';

/** The check that runs now, or whose result waits behind the curtain. */
export const pendingOf = (look: SessionLook | null, predicting: Predicting | null): Pending | null => {
  if (!look || !predicting || isOver(look)) return null;
  const shown = shownOf(look, predicting);
  const finding = look.trail[shown];
  if (finding) return { node: finding.node, check: finding.check, run: finding.run, done: true };
  const { current, reviewing, trail } = look;
  if (!current || reviewing || shown > trail.length) return null;
  return { node: current.node, check: current.check, run: current.run, done: false };
};

const hiddenCurrent = (look: SessionLook, { node, check, run }: Pending): CurrentCheck => ({
  ...{ node, check, run },
  startedAt: look.current?.startedAt ?? look.startedAt,
  limitMs: look.current?.limitMs ?? 0,
});

interface Curtain {
  readonly predicting: Predicting;
  readonly before: SessionLook;
}

/** A session shows itself as the same value until something changes, and a long one is asked for with every key. */
const drawn = new WeakMap<SessionLook, Curtain>();

/** The session as it was before the result that is being predicted: nothing after it is shown, wherever one looks. */
export const behindCurtain = (look: SessionLook | null, predicting: Predicting | null): SessionLook | null => {
  if (!look || !predicting || isOver(look)) return look;
  const last = drawn.get(look);
  if (last?.predicting === predicting) return last.before;
  const before = beforeResult(look, predicting);
  drawn.set(look, { predicting, before });
  return before;
};

const beforeResult = (look: SessionLook, predicting: Predicting): SessionLook => {
  const pending = pendingOf(look, predicting);
  const before = { ...look, flights: [] };
  if (!pending) return before;
  const trail = look.trail.slice(0, shownOf(look, predicting));
  const told = new Set(trail.map(({ node, run }) => `${node}.${run}`));
  return {
    ...before,
    trail,
    phase: 'walking',
    current: hiddenCurrent(look, pending),
    commands: look.commands.filter(({ node, run }) => told.has(`${node}.${run}`)),
    ...{ reviewing: false, asking: null, canGoBack: false, verdict: null, failure: null },
  };
};

/** Shows what was pending; with a prediction, if there was one. */
export const revealed = (look: SessionLook, predicting: Predicting, said?: Prediction): Predicting => ({
  shown: shownOf(look, predicting) + 1,
  said: said ? [...predicting.said, said] : predicting.said,
});

export const tally = (look: SessionLook | null, predicting: Predicting): Tally =>
  tallyOf(predicting.said, (look?.trail ?? []).slice(0, predicting.shown));

/** From here on: the findings that are known already need no prediction. */
export const startPredicting = (known: number): Predicting => ({ shown: known, said: [] });
