import { fold } from '../../clean/fold.js';
import { refusedSentence, textOnlySentence } from '../../report/fix-words.js';
import { type FixChoice, fixChoices } from '../../report/fixes.js';
import { plain } from '../../report/plain.js';
import { say as phrase } from '../../report/say.js';
import type { Stopper } from '../headless.js';
import { type Io, say } from '../io.js';
import { askGate, askLine } from './ask-person.js';
import type { Attended, Left, Told } from './attended.js';
import { concludedWithAPerson } from './conclude-with-a-person.js';
import { isRefused, targetOfChange } from './desk.js';
import { listLines, sayLines, sayPlan } from './person-lines.js';
import { progressTeller } from './without-a-person.js';

type Opened = Awaited<ReturnType<Attended['open']>>;

const codeOf = ({ reason }: Stopper) => {
  const why = reason();
  return why && 'exitCode' in why ? why.exitCode : undefined;
};

const gone = ({ asked }: Pick<Told, 'asked'>): Left => ({ code: codeOf(asked.stop) });

/** One of the list; nothing for Enter alone, null where nobody is there any more. */
const chosen = async (choices: readonly FixChoice[], { input, io, asked }: Told) => {
  for (;;) {
    const line = await askLine(phrase(input, 'fix.which', { count: choices.length }), io, asked.stop.signal);
    if (line === null) return null;
    const typed = fold(line).trim();
    if (typed === '') return undefined;
    const choice = /^\d+$/.test(typed) ? choices[Number(typed) - 1] : undefined;
    if (choice) return choice;
    await say(io.stdout, phrase(input, 'fix.which.none', { typed: plain(typed) }));
  }
};

// Whoever waits wants to hear that it goes on.
const newsMs = 10_000;

const worked = async (desk: Opened, choice: FixChoice, told: Told): Promise<Left | 'again'> => {
  const { input, io, asked } = told;
  const { signal } = asked.stop;
  const proposal = await desk.propose(choice);
  if (isRefused(proposal)) {
    await sayLines(io, [refusedSentence(input, proposal.refused, 'preview')]);
    return signal.aborted ? gone(told) : 'again';
  }
  await sayPlan(told, proposal, desk.patience);
  const { target } = proposal;
  const question = phrase(input, 'fix.ask.yes', { target });
  const answer = await askGate({ target, marked: asked.marked, question }, told, signal);
  if (!answer.yes || signal.aborted) {
    desk.decline(proposal, { source: 'prompt', typed: answer.typed });
    await say(io.stdout, phrase(input, 'fix.unchanged'));
    return answer.gone ? gone(told) : 'again';
  }
  await say(io.stdout, phrase(input, 'fix.applying', { target }));
  const yes = { source: 'prompt', typed: answer.typed } as const;
  const outcome = await desk.carryOut(proposal, yes, progressTeller(input, io, { to: 'stdout', everyMs: newsMs }));
  if (!isRefused(outcome)) return { code: await concludedWithAPerson(desk, outcome, told) };
  await sayLines(io, [refusedSentence(input, outcome.refused, 'change')]);
  return signal.aborted ? gone(told) : 'again';
};

const oneRound = async (choice: FixChoice, told: Told): Promise<Left | 'again'> => {
  const { input, io, asked } = told;
  const why = textOnlySentence(input, choice);
  if (why !== undefined) {
    await sayLines(io, [phrase(input, 'fix.only-text', { why })]);
    return 'again';
  }
  await say(io.stdout, phrase(input, 'fix.trying', { target: targetOfChange(input, choice) ?? '' }));
  const desk = await asked.open();
  try {
    return await worked(desk, choice, told);
  } finally {
    await desk.close();
  }
};

/**
 * Lets a person choose a fix on the plain terminal, and asks before anything is changed and before anything is put back.
 * Ctrl-C at a question is a no; while it is watched, the watch ends and the way back is offered.
 */
export const fixWithAPerson = async (asked: Attended, io: Io): Promise<Left> => {
  for (;;) {
    const input = asked.input();
    const told = { asked, input, io };
    const choices = fixChoices(input);
    await sayLines(io, listLines(told, choices));
    const choice = await chosen(choices, told);
    if (choice === null) return gone(told);
    if (!choice) return 'back';
    const left = await oneRound(choice, told);
    if (left !== 'again') return left;
  }
};
