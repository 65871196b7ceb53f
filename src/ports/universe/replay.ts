import { setImmediate } from 'node:timers/promises';
import { sanitiseJson } from '../../clean/sanitise.js';
import { CannotLook, sessionClosed } from '../../domain/cannot-look.js';
import { canonicalJson } from '../../domain/canonical.js';
import { type AnswerTo, type Call, noCost, type World } from '../../domain/ports.js';
import { callKey } from '../canonical.js';
import { decodeAnswer } from './answer.js';
import { targetOf, type UniverseHeader, type UniverseLine } from './line.js';
import { type Loaded, loadUniverse } from './load.js';
import { UniverseProblem } from './problem.js';
import { greatestCost } from './record.js';

export interface Universe extends World {
  readonly header: UniverseHeader;
}

interface Recorded {
  readonly line: UniverseLine;
  readonly answer: unknown;
}

/**
 * A world that answers from a recording: its folder, the folder of a session, or `NAME.universe.tar.zst`.
 * The n-th time a call is made it gets the n-th answer, and the last one from then on; a call the recording
 * does not hold is `CannotLook: not-recorded`.
 *
 * Everything is read before the first call, so that answers come in the order of the calls whatever the disk does.
 * The clock stands where the latest answer given so far stood in the recording, and the cost is what the
 * recording had cost by then: both depend on what was asked, not on what finished first. A call that the end of
 * the recorded session cut off fails after all others that were asked with it, and moves no clock: that session was over.
 *
 * @throws UniverseProblem when it is not a universe, or not whole
 */
export const openUniverse = async (path: string): Promise<Universe> => {
  const loaded = await loadUniverse(path);
  const recordings = byCall(loaded, path);
  const start = Date.parse(loaded.header.startedAt);
  const times = new Map<string, number>();
  let spent = noCost;
  let latest = 0;

  return {
    header: loaded.header,
    async ask<C extends Call>(call: C, signal: AbortSignal): Promise<AnswerTo<C>> {
      signal.throwIfAborted();
      const key = callKey(call);
      const answers = recordings.get(key) ?? [];
      const n = times.get(key) ?? 0;
      times.set(key, n + 1);
      const found = answers[Math.min(n, answers.length - 1)];
      if (!found) throw new CannotLook('not-recorded', `The universe holds no answer for ${targetOf(call)}.`);
      spent = greatestCost([{ spent }, found.line]);
      if (found.line.refused?.message === sessionClosed) await setImmediate();
      else latest = Math.max(latest, found.line.atMs);
      return given(found) as AnswerTo<C>;
    },
    clock: { now: () => start + latest, mark: (name, measured) => loaded.marks.get(name) ?? measured },
    cost: () => spent,
    close: async () => {},
  };
};

const given = ({ line: { refused }, answer }: Recorded) => {
  if (!refused) return answer;
  const { code, message, missing } = sanitiseJson(refused);
  throw new CannotLook(code, message, missing);
};

const byCall = ({ lines, blobs }: Loaded, path: string) => {
  const inOrder = lines.map((line, at) => ({ line, at })).toSorted((a, b) => a.line.n - b.line.n);
  return Map.groupBy(
    inOrder.map(({ line, at }): Recorded => {
      const blob = blobs.get(line.sha256 ?? '');
      const answer = blob && decodeAnswer(blob, line.call);
      if (blob && answer === undefined)
        throw new UniverseProblem(path, `is damaged: line ${at + 2} of its index names an answer of another form`);
      return { line, answer };
    }),
    ({ line }) => canonicalJson(line.call),
  );
};
