import type { ReadChange } from '../change/change.js';
import { readChange } from '../change/read-command.js';
import type { Undo } from '../domain/fix.js';
import type { Fix, SessionView } from '../domain/session-view.js';
import { type Language, languages, type Phrase } from '../domain/text.js';
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

const inAll = (input: ReportInput, cause: Candidate, at: number): Phrase =>
  Object.fromEntries(
    languages.map((language: Language) => [language, remediesOf({ ...input, language }, cause)[at]?.title ?? '']),
  ) as Phrase;

/** The remedies of a fault's best cause, mildest first. A cause that is only possible proposes none. */
export const fixChoices = (input: ReportInput): FixChoice[] => {
  const [cause] = candidates(input);
  if (!cause || input.session.verdict?.result !== 'fault') return [];
  return remediesOf(input, cause).map((remedy, at) => ({
    ...{ cause, remedy, title: inAll(input, cause, at) },
    read: readChange({ ...remedy, inWords: remedy.inWords.includes('command') }),
  }));
};

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
  if (fix.applied) return { fix, undo: fix.applied.undo };
  // The program died between the yes and the answer of the server.
  return fix.refused === undefined && fix.previewed ? { fix, undo: fix.previewed.undo } : undefined;
};
