import { type Action, type ActionId, actions, type Situation } from './keys.js';

export interface Offered extends Action {
  readonly id: ActionId;
  /** Set where the action is off now. */
  readonly reason: string | undefined;
}

const aboutTheWalk: ReadonlySet<ActionId> = new Set(['skip', 'rerun', 'unsure', 'override', 'back']);

/** The walk may be further than what is shown: nothing is decided about a result that nobody has seen. */
const withCurtain = ({ id }: { readonly id: ActionId }, { pending }: Situation) =>
  pending?.done && aboutTheWalk.has(id) ? 'ui.off.prediction-first' : undefined;

/** The actions of a screen, in the order of the table. */
export const offered = (now: Situation): Offered[] =>
  (actions as readonly (Action & { id: ActionId })[])
    .filter(({ screens }) => !screens || screens.includes(now.screen))
    .map((action) => ({ ...action, reason: withCurtain(action, now) ?? action.off?.(now) }));

/** Where two actions share a key, the first of them that is on has it. */
export const actionFor = (key: string, now: Situation): Offered | undefined => {
  const meant = offered(now).filter(({ keys }) => keys.includes(key));
  return meant.find(({ reason }) => !reason) ?? meant.at(-1);
};

export const shownKey = ({ keys, shown }: Action) => shown ?? keys[0] ?? '';
