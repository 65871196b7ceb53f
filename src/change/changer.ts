import type { MissingRight } from '../domain/cannot-look.js';
import type { ChangedObject, ChangeRefusal, Undo } from '../domain/fix.js';
import type { Change } from './change.js';

/** A change that was worked out and tried on the server without being kept. */
export interface Prepared {
  readonly change: Change;
  readonly object: ChangedObject;
  /** Cleaned lines of YAML that begin with a blank, `-` or `+`. */
  readonly diff: readonly string[];
  readonly undo: Undo;
  /** Of the object that the change was worked out for; null where there is none yet. */
  readonly resourceVersion: string | null;
  readonly uid: string | null;
}

export interface CarriedOut {
  /** `unknown`: the answer was lost, and the object could not be read since. */
  readonly state: 'applied' | 'unknown';
  readonly resourceVersion: string | null;
  readonly undo: Undo;
  /** Why it is not known. */
  readonly message?: string;
}

/**
 * Changes one object at a time. Nothing else in the program can, and this one is only made for a session that was
 * started with `--allow-remediation`. Refusals throw `ChangeRefused`: then nothing was changed.
 */
export interface Changer {
  /** Reads the object, and lets the server try the change without keeping it (`dryRun=All`). */
  prepare(change: Change, signal: AbortSignal): Promise<Prepared>;
  carryOut(prepared: Prepared, signal: AbortSignal): Promise<CarriedOut>;
  /** Puts the touched fields back, as long as they still hold what the change has left. Answers with the new version. */
  undo(undo: Undo, signal: AbortSignal): Promise<{ readonly resourceVersion: string | null }>;
  close(): Promise<void>;
}

/** Nothing was changed, and why. */
export class ChangeRefused extends Error {
  override readonly name = 'ChangeRefused';
  constructor(
    readonly code: ChangeRefusal,
    message: string,
    readonly missing?: MissingRight,
  ) {
    super(message);
  }
}
