import type { ReportInput } from '../../report/catalog.js';
import type { Stopper } from '../headless.js';
import type { Io } from '../io.js';
import type { Unattended } from './without-a-person.js';

export interface Attended extends Pick<Unattended, 'input' | 'open'> {
  /** The context is marked as production: the whole target is typed, not a letter. */
  readonly marked: boolean;
  readonly stop: Stopper;
}

/** A code to leave with, where it is known; `back` where nothing was changed and the person is still there. */
export type Left = { readonly code: number | undefined } | 'back';

export interface Told {
  readonly asked: Attended;
  readonly input: ReportInput;
  readonly io: Io;
}
