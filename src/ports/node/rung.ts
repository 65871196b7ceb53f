import type { NodeAccess } from '../../domain/node-access.js';
import type { Shell } from '../live/shell.js';

/** One way onto nodes. */
export interface NodeRung {
  readonly access: NodeAccess;
  /** Throws `CannotLook` with a sentence that says why this way is closed. */
  open(node: string, signal: AbortSignal): Promise<Shell>;
  close(): Promise<void>;
}
