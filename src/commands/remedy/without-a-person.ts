import { undoLine } from '../../change/body.js';
import type { Undo } from '../../domain/fix.js';
import { utcClock } from '../../domain/utc-clock.js';
import type { ReportInput } from '../../report/catalog.js';
import { fillCommand } from '../../report/command-text.js';
import { outcomeLines, refusedSentence, resumeCommand, textOnlySentence, undoText } from '../../report/fix-words.js';
import { type FixChoice, fixChoices } from '../../report/fixes.js';
import { say as phrase } from '../../report/say.js';
import { checkTitle } from '../../report/sentence.js';
import { exitCodes, type Io, say } from '../io.js';
import type { SessionOptions } from '../options.js';
import { type FixDesk, isRefused, type Outcome, type Proposal, type Yes } from './desk.js';
import type { Patience, Progress } from './verify.js';

export interface Unattended {
  readonly options: Pick<SessionOptions, 'confirm'>;
  readonly input: () => ReportInput;
  /** The code of the verdict, which stays where nothing was repaired. */
  readonly exitCode: number;
  /** Opened only when there is something to apply. */
  open(): Promise<FixDesk & { readonly patience: Patience; close(): Promise<void> }>;
  /** The code of what ended the program early. */
  stopped(): number | undefined;
}

const asWord = (word: string) => (/^-[\w.,:=@%+/-]+$/.test(word) ? word : fillCommand('{word}', { word }));

/** What was typed, with the yes behind it. */
const again = (io: Io, target: string) =>
  [io.name, ...io.argv.map(asWord), fillCommand('--confirm={target}', { target })].join(' ');

/** The first remedy that can be applied; else why none can. */
const chosen = (input: ReportInput): FixChoice | string[] => {
  const { verdict } = input.session;
  const choices = fixChoices(input);
  if (verdict?.result !== 'fault') return [phrase(input, 'fix.no-fault')];
  const certainty = verdict.causes[0]?.certainty ?? 'possible';
  if (certainty !== 'certain' && certainty !== 'confirmed')
    return [phrase(input, 'fix.uncertain', { certainty: phrase(input, `certainty.${certainty}`) })];
  const first = choices.find(({ read }) => 'change' in read);
  if (first) return first;
  const reasons = choices.map((choice) =>
    phrase(input, 'fix.text-only', { title: choice.remedy.title, why: textOnlySentence(input, choice) ?? '' }),
  );
  return [phrase(input, 'fix.none'), ...reasons];
};

/** What would be changed, the way back, and what is repeated afterwards. */
export const planLines = (input: ReportInput, { target, prepared, before }: Proposal, hold: number): string[] => [
  phrase(input, 'fix.target', { target }),
  `${phrase(input, 'fix.diff')}:`,
  ...prepared.diff.map((line) => `  ${line}`),
  `${phrase(input, 'fix.undo')}: ${undoText(input, prepared.undo)}`,
  `${phrase(input, 'fix.verify', { seconds: Math.round(hold / 1000) })}: ${before.map(({ check }) => checkTitle(input, check)).join(', ')}`,
];

const progressLine = (
  { input, io }: { input: ReportInput; io: Pick<Io, 'now'> },
  { held, hold }: Pick<Progress, 'held' | 'hold'>,
) => {
  const facts = { seconds: Math.round((held ?? 0) / 1000), hold: Math.round(hold / 1000) };
  return `${utcClock(io.now())}  ${phrase(input, held === null ? 'fix.waiting' : 'fix.holding', facts)}`;
};

interface News {
  readonly to: 'stdout' | 'stderr';
  /** Milliseconds after which it is told again, though nothing is new. */
  readonly everyMs: number;
}

/** Tells what is new, and after a while that it goes on. */
export const progressTeller = (input: ReportInput, io: Io, { to, everyMs }: News) => {
  let works: boolean | undefined;
  let told = 0;
  return ({ held, hold }: Progress) => {
    const now = io.now();
    if (works === (held !== null) && now - told < everyMs) return;
    works = held !== null;
    told = now;
    void say(io[to], progressLine({ input, io }, { held, hold }));
  };
};

/** Puts the old value back, and says whether that worked. */
export const putBackAndTell = async (
  { desk, target, undo, source }: { desk: FixDesk; target: string; undo: Undo; source: Yes['source'] },
  input: ReportInput,
  io: Io,
): Promise<boolean> => {
  const result = await desk.putBack(target, undo, source);
  if (!isRefused(result)) {
    await say(io.stderr, phrase(input, undo.do === 'nothing' ? 'fix.undo.none' : 'fix.undone'));
    return true;
  }
  await say(io.stderr, refusedSentence(input, result.refused, 'undo'));
  const command = undoLine(undo);
  if (command) await say(io.stderr, phrase(input, 'fix.by-hand', { command }));
  return false;
};

interface Told {
  readonly asked: Unattended;
  readonly input: ReportInput;
  readonly io: Io;
}

const concluded = async (desk: FixDesk, outcome: Outcome, { asked, input, io }: Told) => {
  const { target, carriedOut, verified } = outcome;
  for (const line of outcomeLines(input, outcome)) await say(io.stderr, line);
  if (verified.outcome === 'held') return exitCodes.done;
  if (verified.outcome !== 'stopped') {
    await putBackAndTell({ desk, target, undo: carriedOut.undo, source: 'flag' }, input, io);
    return exitCodes.unverified;
  }
  await say(io.stderr, phrase(input, 'fix.pending.offer', { command: resumeCommand(input, target, io.name) }));
  return asked.stopped() ?? exitCodes.unverified;
};

const decided = async (desk: FixDesk, proposal: Proposal, { asked, input, io }: Told): Promise<number> => {
  const { target } = proposal;
  const { confirm } = asked.options;
  const yes = { source: 'flag', typed: confirm ?? null } as const;
  if (confirm !== target) {
    if (confirm !== undefined) {
      desk.decline(proposal, yes);
      await say(io.stderr, phrase(input, 'fix.confirm-differs', { named: confirm, target }));
    }
    await say(io.stderr, phrase(input, 'fix.unchanged'));
    if (confirm === undefined) await say(io.stderr, phrase(input, 'fix.how', { command: again(io, target) }));
    return asked.exitCode;
  }
  await say(io.stderr, phrase(input, 'fix.applying', { target }));
  const outcome = await desk.carryOut(
    proposal,
    yes,
    progressTeller(input, io, { to: 'stderr', everyMs: Number.POSITIVE_INFINITY }),
  );
  if (!isRefused(outcome)) return concluded(desk, outcome, { asked, input, io });
  await say(io.stderr, refusedSentence(input, outcome.refused, 'change'));
  return asked.exitCode;
};

/**
 * Applies the first fix of a certain verdict, where `--confirm` names what it is about. What does not help is put back:
 * the flag has said yes to both, and nobody is there to be asked. Answers with the exit code.
 */
export const fixWithoutAPerson = async (asked: Unattended, io: Io): Promise<number> => {
  const input = asked.input();
  const choice = chosen(input);
  if (Array.isArray(choice)) {
    for (const line of choice) await say(io.stderr, line);
    await say(io.stderr, phrase(input, 'fix.unchanged'));
    return asked.exitCode;
  }
  const desk = await asked.open();
  try {
    const proposal = await desk.propose(choice);
    if (isRefused(proposal)) {
      await say(io.stderr, refusedSentence(input, proposal.refused, 'preview'));
      return asked.exitCode;
    }
    for (const line of planLines(input, proposal, desk.patience.hold)) await say(io.stderr, line);
    return await decided(desk, proposal, { asked, input, io });
  } finally {
    await desk.close();
  }
};
