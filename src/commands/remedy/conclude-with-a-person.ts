import { outcomeLines, pendingLines } from '../../report/fix-words.js';
import { say as phrase } from '../../report/say.js';
import { isYes } from '../ask-line.js';
import { stopper } from '../headless.js';
import { exitCodes, say } from '../io.js';
import { askLine } from './ask-person.js';
import type { Told } from './attended.js';
import type { FixDesk, Outcome } from './desk.js';
import { sayLines } from './person-lines.js';
import { putBackAndTell } from './without-a-person.js';

/** Asks whether the old value is to come back. Whoever leaves without an answer is told how to do it later. */
const offered = async (desk: FixDesk, { target, carriedOut: { undo } }: Outcome, { asked, input, io }: Told) => {
  const tellLater = () => sayLines(io, pendingLines(asked.input()));
  const why = asked.stop.reason();
  if (why?.cause === 'terminated') {
    await tellLater();
    return why.exitCode;
  }
  // The Ctrl-C that has ended the watch is no answer to this question.
  const again = stopper(io, undefined);
  try {
    const line = await askLine(`${phrase(input, 'fix.pending.ask')} [y/N]`, io, again.signal);
    if (isYes(line)) await putBackAndTell({ desk, target, undo, source: 'prompt' }, input, io);
    else if (line === null) await tellLater();
    else {
      desk.keep(target, 'prompt');
      await say(io.stdout, phrase(input, 'fix.kept'));
    }
  } finally {
    again.release();
  }
  return exitCodes.unverified;
};

/** Tells what became of the change, and offers the way back where it did not hold. Answers with the exit code. */
export const concludedWithAPerson = async (desk: FixDesk, outcome: Outcome, told: Told): Promise<number> => {
  const { input, io } = told;
  const { verified, carriedOut } = outcome;
  await sayLines(io, outcomeLines(input, outcome));
  if (verified.outcome === 'held') return exitCodes.done;
  if (carriedOut.undo.do !== 'nothing') return offered(desk, outcome, told);
  await say(io.stdout, phrase(input, 'fix.undo.none'));
  return exitCodes.unverified;
};
