import { assign, fromPromise, setup } from 'xstate';
import type { Verdict } from '../domain/verdict.js';
import { type Failure, failureOf } from './failure.js';
import type { Ready } from './preflight.js';
import type { Ended } from './walk-context.js';

interface SessionContext {
  readonly ready: Ready | null;
  readonly ended: Ended | 'stopped' | null;
  readonly verdict: Verdict | null;
  readonly failure: Failure | null;
}

const failed = {
  target: 'failed' as const,
  actions: { type: 'keep failure' as const, params: ({ event }: { event: { error: unknown } }) => event.error },
};

/**
 * One session from its flow to its verdict. What preflight, walk and judge do is handed in by `provide`;
 * a screen asks for tags, never for a state path.
 */
export const sessionMachine = setup({
  types: {
    context: {} as SessionContext,
    events: {} as { type: 'STOP' | 'CLOSE' },
    tags: {} as 'preparing' | 'walking' | 'judged' | 'over',
  },
  actors: {
    preflight: fromPromise<Ready>(() => Promise.reject(new Error('no preflight was provided'))),
    walk: fromPromise<Ended, Ready>(() => Promise.reject(new Error('no walk was provided'))),
    judge: fromPromise<Verdict, Ended | 'stopped'>(() => Promise.reject(new Error('no judge was provided'))),
  },
  actions: {
    'keep ready': assign({ ready: (_, ready: Ready) => ready }),
    'keep end': assign({ ended: (_, ended: Ended | 'stopped') => ended }),
    'keep verdict': assign({ verdict: (_, verdict: Verdict) => verdict }),
    'keep failure': assign({ failure: (_, error: unknown) => failureOf(error) }),
  },
}).createMachine({
  id: 'session',
  initial: 'preflight',
  context: { ready: null, ended: null, verdict: null, failure: null },
  states: {
    preflight: {
      tags: 'preparing',
      invoke: {
        src: 'preflight',
        onDone: { target: 'walking', actions: { type: 'keep ready', params: ({ event }) => event.output } },
        onError: failed,
      },
      on: { STOP: 'closed' },
    },
    walking: {
      tags: 'walking',
      invoke: {
        src: 'walk',
        input: ({ context }) => context.ready as Ready,
        onDone: { target: 'judging', actions: { type: 'keep end', params: ({ event }) => event.output } },
        onError: failed,
      },
      on: { STOP: { target: 'judging', actions: { type: 'keep end', params: () => 'stopped' as const } } },
    },
    judging: {
      tags: 'walking',
      invoke: {
        src: 'judge',
        input: ({ context }) => context.ended as Ended | 'stopped',
        onDone: { target: 'verdict', actions: { type: 'keep verdict', params: ({ event }) => event.output } },
        onError: failed,
      },
    },
    verdict: { tags: 'judged', on: { CLOSE: 'closed' } },
    closed: { tags: 'over', type: 'final' },
    failed: { tags: 'over', type: 'final' },
  },
});
