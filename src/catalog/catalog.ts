import type { Causes, Elimination } from '../domain/cause.js';
import type { Runbook } from '../domain/runbook.js';
import type { AnyStep } from '../domain/step.js';
import type { PhraseBook, StepText } from '../domain/text.js';

export interface CatalogStep {
  readonly id: string;
  readonly step: AnyStep;
  readonly text: StepText;
}

export interface CatalogRunbook extends Runbook {
  readonly id: string;
  /** Of the canonical content, so that a resumed session can tell whether the tree has changed. */
  readonly sha256: string;
}

/** Everything the program knows, found in the folders. */
export interface Catalog {
  readonly steps: Readonly<Record<string, CatalogStep>>;
  readonly causes: Causes;
  readonly elimination: Elimination;
  readonly runbooks: Readonly<Record<string, CatalogRunbook>>;
  readonly phrases: PhraseBook;
}

/** What lies in the folders, before anybody has judged it. */
export interface Found {
  readonly steps: readonly {
    readonly id: string;
    readonly stage: string;
    readonly step: AnyStep;
    readonly text: FoundFile;
  }[];
  readonly causes: readonly FoundFile[];
  readonly runbooks: readonly FoundFile[];
  readonly elimination: FoundFile;
  readonly phrases: readonly FoundFile[];
}

export interface FoundFile {
  /** File name without its ending. */
  readonly id: string;
  /** Path from the project's root, for messages. */
  readonly path: string;
  /** YAML text; the built program carries `data` instead. */
  readonly source?: string;
  readonly data?: unknown;
}
