import { lookLine, undoLine } from '../change/body.js';
import type { CarriedOut, ChangeRefused } from '../change/changer.js';
import type { FixData, Undo } from '../domain/fix.js';
import type { Fix } from '../domain/session-view.js';
import { utcClock } from '../domain/utc-clock.js';
import type { ReportInput } from './catalog.js';
import { fillCommand } from './command-text.js';
import { type FixChoice, openFix } from './fixes.js';
import { type Speaker, say } from './say.js';
import { checkTitle } from './sentence.js';

const withoutStop = (text: string) => text.replace(/\.+$/, '');

/** Why a change or its undoing was refused, what was kept, and what to do next. */
export const refusedSentence = (
  speaker: Speaker,
  { code, message }: Pick<ChangeRefused, 'code' | 'message'>,
  during: FixData<'fix.refused'>['during'],
): string =>
  say(speaker, `fix.refused.${during}`, { why: say(speaker, `fix.code.${code}`, { detail: withoutStop(message) }) });

/** Why a remedy stays a text for a person; nothing where it can be applied. */
export const textOnlySentence = (speaker: Speaker, { read }: Pick<FixChoice, 'read'>): string | undefined =>
  'textOnly' in read ? say(speaker, `fix.why.${read.textOnly}`) : undefined;

/** The way back, as a line or as the sentence that there is none. */
export const undoText = (speaker: Speaker, undo: Undo): string => undoLine(undo) ?? say(speaker, 'fix.undo.none');

const unknownSentence = (speaker: Speaker, undo: Undo): string =>
  say(speaker, 'fix.unknown', { command: lookLine(undo.object) });

/** What became of it after the change, in one sentence. */
export const verifiedSentence = (
  speaker: Speaker,
  { outcome, seconds, since }: Pick<FixData<'fix.verified'>, 'outcome' | 'seconds' | 'since'>,
): string => {
  const at = since === null ? '' : utcClock(Date.parse(since));
  return say(speaker, `fix.${outcome}`, { seconds, since: at });
};

/** Every repeated check, before and after side by side. */
export const besideLines = (input: ReportInput, { checks }: Pick<FixData<'fix.verified'>, 'checks'>): string[] =>
  checks.map(({ check, before, after }) => {
    const word = ({ result }: typeof before) => say(input, `result.${result}`);
    return say(input, 'fix.check', { check: checkTitle(input, check), before: word(before), after: word(after) });
  });

/** What came of a change: whether it is known to stand, every check, and how it ended. */
export const outcomeLines = (
  input: ReportInput,
  {
    carriedOut,
    verified,
  }: { readonly carriedOut: CarriedOut; readonly verified: Omit<FixData<'fix.verified'>, 'target'> },
): string[] => {
  const { state, undo, message = '' } = carriedOut;
  return [
    ...(state === 'unknown' ? [`${message} ${unknownSentence(input, undo)}`.trim()] : []),
    ...besideLines(input, verified),
    verifiedSentence(input, verified),
  ];
};

const confirmedLine = (input: ReportInput, { confirmed }: Fix): string[] => {
  if (!confirmed) return [];
  const { given, source, at } = confirmed;
  return [say(input, given ? `fix.confirmed.${source}` : 'fix.declined', { at })];
};

const appliedLine = (input: ReportInput, { applied }: Fix): string[] => {
  if (!applied) return [];
  if (applied.state === 'applied') return [say(input, 'fix.applied', { at: applied.at })];
  return [unknownSentence(input, applied.undo)];
};

const undoneLine = (input: ReportInput, { undone }: Fix): string[] =>
  undone ? [say(input, undone.done ? 'fix.undone' : 'fix.kept')] : [];

/** What happened to one fix, a sentence each, in the order in which it happened. */
export const fixStory = (input: ReportInput, fix: Fix): string[] => {
  const { proposed, refused, verified } = fix;
  return [
    say(input, 'fix.proposed', { at: proposed.at, title: proposed.title[input.language] }),
    say(input, 'fix.target', { target: proposed.target }),
    ...confirmedLine(input, fix),
    ...(refused && refused.during !== 'undo' ? [refusedSentence(input, refused, refused.during)] : []),
    ...appliedLine(input, fix),
    ...(verified ? [verifiedSentence(input, verified)] : []),
    ...undoneLine(input, fix),
    ...(refused?.during === 'undo' ? [refusedSentence(input, refused, 'undo')] : []),
  ];
};

/** Puts a change back that was not seen to its end. `name` is how the program was called. */
export const resumeCommand = ({ session }: Pick<ReportInput, 'session'>, target: string, name = 'net-triage'): string =>
  fillCommand(`${name} session resume {id} --allow-remediation --confirm={target}`, {
    ...{ id: session.header?.session_id ?? '', target },
  });

/** That a change stands without anybody knowing whether it helps, and how to put it back; empty where none does. */
export const pendingLines = (input: ReportInput): string[] => {
  const open = openFix(input.session);
  if (!open) return [];
  const { target } = open.fix.proposed;
  const command = resumeCommand(input, target);
  return [say(input, 'fix.pending', { target }), say(input, 'fix.pending.offer', { command })];
};
