import { CannotLook } from '../domain/cannot-look.js';
import { isPluginKind } from '../domain/kinds.js';
import type { AnswerTo, Call, World } from '../domain/ports.js';
import type { Touch } from '../machines/run-step.js';
import { callKey } from '../ports/canonical.js';
import type { Asker } from '../ports/object-reader.js';
import { NotAsked } from '../sharing/reading.js';

/** What the API said to the checks of a walk, by call. A replay of the walk sees the same. */
export type SeenAnswers = ReadonlyMap<string, unknown>;

export const rememberAnswers = (seen: Map<string, unknown>, touches: readonly Touch[]) => {
  for (const { call, answer } of touches)
    if (call.port === 'kube' && answer !== undefined) seen.set(callKey(call), answer);
};

/** As many requests as a whole session should need. */
export const mostRequests = 25;
// The verdict stands already: nobody waits longer for what only adds to it. In milliseconds.
const longest = 3_000;

// Where a kind of a plugin is not served, one more request tells that.
const priceOf = (call: Call) => ('kind' in call && isPluginKind(call.kind) ? 2 : 1);

interface Thrifty {
  readonly world: World;
  readonly seen: SeenAnswers;
  readonly signal: AbortSignal;
}

/**
 * Answers from what the checks have read, and asks anew only while the session has requests to spare.
 * @throws NotAsked where it has none; CannotLook as every world
 */
export const thriftyAsker = ({ world, seen, signal }: Thrifty): Asker => {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(longest)]);
  const spent = world.cost().requests;
  // How many requests a replay has made is what its recording cost in the end, so the session says where it stood here.
  let room = mostRequests - (world.clock.mark?.('sharing.requests', spent) ?? spent);
  const asked = new Map<string, Promise<unknown>>();
  const ask = async (call: Call): Promise<unknown> => {
    const price = priceOf(call);
    if (price > room) throw new NotAsked('The session has made its requests.');
    room -= price;
    try {
      return await world.ask(call, limited);
    } catch (error) {
      if (error instanceof CannotLook || !limited.aborted) throw error;
      throw new CannotLook('timeout', 'The question was given up before the answer came.');
    }
  };
  return async <C extends Call>(call: C) => {
    const key = callKey(call);
    if (seen.has(key)) return seen.get(key) as AnswerTo<C>;
    const answer = asked.get(key) ?? ask(call);
    asked.set(key, answer);
    return (await answer) as AnswerTo<C>;
  };
};
