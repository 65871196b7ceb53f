import type { Session } from '../machines/drive.js';
import type { Io } from './io.js';
import { exitCodes } from './io.js';

/** Why a session without a person at it came to its end. */
export type Ending =
  | { readonly cause: 'verdict' | 'stopped' }
  | { readonly cause: 'deadline' | 'interrupted' | 'terminated'; readonly exitCode: number }
  | { readonly cause: 'failed'; readonly code: string; readonly message: string };

/** Nobody is there to answer: a question goes the way that takes the unanswered. */
const answerNothing = (session: Session) => {
  const { asking, reviewing } = session.look();
  if (asking) session.send({ type: 'SKIP' });
  // At step pace, and also in a session that goes on from where somebody had paused it.
  else if (reviewing) session.send({ type: 'NEXT' });
};

export interface Stopper {
  readonly signal: AbortSignal;
  readonly reason: () => Ending | undefined;
  release(): void;
}

/** Ends a session at its deadline or at a signal of the system, and remembers which it was. */
export const stopper = (io: Pick<Io, 'onSignal'>, deadline: number | undefined): Stopper => {
  const controller = new AbortController();
  let reason: Ending | undefined;
  const end = (why: Ending) => {
    reason ??= why;
    controller.abort();
  };
  const timer =
    deadline === undefined
      ? undefined
      : setTimeout(() => end({ cause: 'deadline', exitCode: exitCodes.deadline }), deadline);
  const forget = io.onSignal((name) =>
    end(
      name === 'SIGINT'
        ? { cause: 'interrupted', exitCode: exitCodes.interrupted }
        : { cause: 'terminated', exitCode: exitCodes.terminated },
    ),
  );
  return {
    signal: controller.signal,
    reason: () => reason,
    release: () => {
      clearTimeout(timer);
      forget();
    },
  };
};

/** Runs a session to its verdict with nobody at the keys. */
export const runToTheEnd = (session: Session, stop: Pick<Stopper, 'reason'>, onChange?: () => void): Promise<Ending> =>
  new Promise((resolve) => {
    const done = (ending: Ending) => {
      unsubscribe();
      resolve(ending);
    };
    const look = () => {
      onChange?.();
      const { phase, failure } = session.look();
      if (failure) return done(stop.reason() ?? { cause: 'failed', ...failure });
      if (phase === 'judged') return done(stop.reason() ?? { cause: 'verdict' });
      if (phase === 'over') return done(stop.reason() ?? { cause: 'stopped' });
      // The machine is in the middle of its own step while it tells of a change.
      queueMicrotask(() => answerNothing(session));
    };
    const unsubscribe = session.subscribe(look);
    session.start();
    look();
  });
