import type { Causes, Elimination } from '../domain/cause.js';
import type { Runbook } from '../domain/runbook.js';
import type { SessionView } from '../domain/session-view.js';
import type { Language, PhraseBook, StepText } from '../domain/text.js';

/** What a report needs to know of the catalogue. */
export interface ReportCatalog {
  readonly steps: Readonly<Record<string, { readonly text: StepText }>>;
  readonly causes: Causes;
  readonly elimination: Elimination;
  readonly runbooks: Readonly<Record<string, Runbook>>;
  readonly phrases: PhraseBook;
}

/** A file of evidence with the hash of its bytes; `file` is its path beside the report. */
export interface EvidenceFile {
  readonly id: string;
  readonly file: string;
  readonly sha256: string;
  /** What the file says, for pages that hold it themselves. */
  readonly text?: string;
}

/** One session to report on, and for whom. */
export interface ReportInput {
  readonly session: SessionView;
  readonly catalog: ReportCatalog;
  readonly language: Language;
  readonly evidence?: readonly EvidenceFile[];
  /** What was masked, by rule. */
  readonly redactions?: readonly { readonly rule: string; readonly count: number }[];
  /** Names of people instead of their roles; only where somebody asked for them. */
  readonly names?: boolean;
  /** Marks that every terminal can draw. */
  readonly ascii?: boolean;
}
