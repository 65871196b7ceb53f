import type { ReadChange } from '../change/change.js';
import { readChange } from '../change/read-command.js';
import type { Undo } from '../domain/fix.js';
import type { Fix, SessionView } from '../domain/session-view.js';
import { languages, type Phrase } from '../domain/text.js';
import type { Candidate } from '../domain/verdict.js';
import { candidates, type FilledRemedy, remediesOf } from './candidate.js';
import type { ReportInput } from './catalog.js';

/** One way out of the best cause, and whether the program can go it. */
export interface FixChoice {
  readonly cause: Candidate;
  readonly remedy: FilledRemedy;
  readonly title: Phrase;
  readonly read: ReadChange;
}

/** The remedies of a fault's best cause, mildest first. A cause that is only possible proposes none. */
export const fixChoices = (input: ReportInput): FixChoice[] => {
  const [cause] = candidates(input);
  if (!cause || input.session.verdict?.result !== 'fault') return [];
  const told = languages.map((language) => [language, remediesOf({ ...input, language }, cause)] as const);
  const titleAt = (at: number) =>
    Object.fromEntries(told.map(([language, remedies]) => [language, remedies[at]?.title ?? ''])) as Phrase;
  return remediesOf(input, cause).map((remedy, at) => ({
    ...{ cause, remedy, title: titleAt(at) },
    read: readChange({ ...remedy, inWords: remedy.inWords.includes('command') }),
  }));
};

/** The way back of a fix: as the change has left it, or as it was shown before. */
export const undoOfFix = ({ applied, previewed }: Fix): Undo | undefined => (applied ?? previewed)?.undo;

/** A change that nobody has seen to its end: whether it stands is not known, or that it helps is not. */
export interface OpenFix {
  readonly fix: Fix;
  readonly undo: Undo;
}

const isSettled = ({ verified, undone }: Fix) => verified?.outcome === 'held' || undone !== undefined;

/** The last fix of a session, where it was begun and neither held nor was put back. */
export const openFix = ({ fixes }: Pick<SessionView, 'fixes'>): OpenFix | undefined => {
  const fix = fixes.at(-1);
  if (!fix?.confirmed?.given || isSettled(fix)) return undefined;
  // Without an answer of the server, the program died after the yes.
  const undo = fix.applied || fix.refused === undefined ? undoOfFix(fix) : undefined;
  return undo && { fix, undo };
};
