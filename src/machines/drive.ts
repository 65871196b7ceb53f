import { createActor, fromPromise } from 'xstate';
import { noteOf } from '../domain/note.js';
import type { Prediction } from '../domain/prediction.js';
import { createLive } from './live.js';
import type { SessionLook } from './look.js';
import { costOf, lookAt } from './look-at.js';
import type { Ready } from './preflight.js';
import { prepare } from './prepare.js';
import { sessionMachine } from './session.js';
import type { SessionDeps } from './session-deps.js';
import type { Ended, WalkEvent } from './walk-context.js';
import { walkThrough } from './walk-through.js';

/** One live session: its machine, the walk inside it, and the operator's way to talk to both. */
export const createSession = (deps: SessionDeps) => {
  const listeners = new Set<() => void>();
  let seen: SessionLook | undefined;
  const changed = () => {
    seen = undefined;
    for (const listener of listeners) listener();
  };
  const live = createLive(deps, changed);
  const whole = (signal: AbortSignal) => AbortSignal.any([signal, deps.signal]);
  const actor = createActor(
    sessionMachine.provide({
      actors: {
        preflight: fromPromise(({ signal }) => prepare(live, whole(signal))),
        walk: fromPromise(({ input, signal }) => walkThrough(live, input as Ready, whole(signal))),
        judge: fromPromise(async ({ input, signal }) => {
          const { ready } = actor.getSnapshot().context;
          const findings = [...live.trail];
          const about = { findings, ended: input as Ended | 'stopped', ready: ready as Ready };
          const verdict = await deps.judge(about, whole(signal));
          live.record({ type: 'verdict', actor: 'tool', data: verdict });
          return verdict;
        }),
      },
    }),
  );
  actor.subscribe({ next: changed, error: changed });
  const tell = (type: 'STOP' | 'CLOSE') => {
    if (actor.getSnapshot().status === 'active') actor.send({ type });
  };
  deps.signal.addEventListener('abort', () => tell('STOP'), { once: true });

  return {
    actor,
    start: () => actor.start(),
    /** What the operator wants of the walk. Ignored where it makes no sense. */
    send: (event: WalkEvent) => {
      if (live.questions.take(event)) return;
      if (live.walk?.getSnapshot().status === 'active') live.walk.send(event);
    },
    stop: () => tell('STOP'),
    close: () => tell('CLOSE'),
    predict: (data: Prediction) => live.record({ type: 'prediction.made', actor: 'operator', data }),
    note: (text: string) => live.record(noteOf(text)),
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    get cost() {
      return costOf(live);
    },
    /** The same object until something changes. */
    look: () => (seen ??= lookAt(live, actor.getSnapshot())),
    /** A measurement of the session, which a replay takes from its recording. */
    measure: (name: string, value: number) => live.world?.clock.mark?.(name, value) ?? value,
    async release() {
      live.released = true;
      await live.world?.close();
    },
  };
};
export type Session = ReturnType<typeof createSession>;
