import { initialTransition, transition } from 'xstate';
import type { Happening } from '../domain/journal.js';
import type { compile } from './compile.js';
import type { Pace, WalkEvent } from './walk-context.js';

type WalkMachine = ReturnType<typeof compile>;

/** What the machine was told when this line was written; nothing for lines it wrote by itself. */
const eventOf = ({ type, data }: Happening): object | undefined => {
  switch (type) {
    case 'check.finished':
      return data.by === 'operator'
        ? { type: 'SKIP' }
        : { type: `xstate.done.actor.check:${data.node}`, output: data, actorId: `check:${data.node}` };
    case 'decision.operator':
      return { type: 'ANSWER', answer: data.answer };
    // Also one by flag: the session may go on without it, and stands at the question then.
    case 'consent.given':
      return { type: 'ANSWER', answer: data.given ? 'yes' : 'no' };
    case 'override':
      return { type: 'OVERRIDE', outcome: data.chosen, reason: data.reason };
    case 'check.rerun':
      return { type: 'RERUN' };
    case 'step.back':
      return { type: 'BACK' };
    case 'session.paused':
      return { type: 'PAUSE' };
    default:
      return undefined;
  }
};

/**
 * What the operator did to leave a node, where the journal only says that it was left: NEXT at a finding,
 * or SKIP at a question. A decision that followed from an earlier line has left its node already.
 */
const leaving = (from: string, { tags, context }: ReturnType<WalkMachine['getInitialSnapshot']>): WalkEvent[] => {
  if (context.path.at(-1) !== from) return [];
  if (tags.has('reviewing')) return [{ type: 'RESUME' }, { type: 'NEXT' }];
  return tags.has('asking') ? [{ type: 'SKIP' }] : [];
};

/**
 * Rebuilds a walk from its journal, purely: no actor runs. At step pace a decision in the journal is the
 * operator's NEXT. The result goes through `getPersistedSnapshot`, so that an actor started from it starts
 * the check that was running (a raw snapshot would wait for it for ever).
 */
export const foldWalk = (machine: WalkMachine, events: readonly Happening[], pace: Pace) => {
  let [snapshot] = initialTransition(machine, { pace: 'step' });
  const send = (event: object) => {
    [snapshot] = transition(machine, snapshot, event as WalkEvent);
  };
  for (const told of events) {
    const event = eventOf(told);
    if (event) send(event);
    else if (told.type === 'decision.auto') leaving(told.data.from, snapshot).forEach(send);
  }
  send({ type: 'PACE', pace });
  return machine.getPersistedSnapshot(snapshot);
};
