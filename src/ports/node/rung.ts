import type { Shell } from '../live/shell.js';

export type NodeAccess = 'ssh' | 'pod';

/** One way onto nodes. */
export interface NodeRung {
  readonly access: NodeAccess;
  /** Throws `CannotLook` with a sentence that says why this way is closed. */
  open(node: string, signal: AbortSignal): Promise<Shell>;
  close(): Promise<void>;
}
