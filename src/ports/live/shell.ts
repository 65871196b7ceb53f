import type { ExecResult } from './exec-attempt.js';

export interface ShellRequest {
  readonly argv: readonly string[];
  /** Milliseconds until the program is given up on this side. */
  readonly deadline: number;
  /** Bytes kept of each of the two outputs. */
  readonly cap?: number;
  /** Told of every piece of stdout as it comes, long before the program ends. Must not throw. */
  readonly onStdout?: ((bytes: Buffer) => void) | undefined;
}

/** A place where programs can be started: a container, or a node. */
export interface Shell {
  readonly key: string;
  /** For sentences: "container till of pod shop/cart". */
  readonly name: string;
  /** Which programs say here what they would say in the place that is meant; all where absent. */
  readonly answersFor?: ((argv: readonly string[]) => boolean) | undefined;
  /** The same place by other programs, for what this one lacks. */
  readonly beside?: Shell | undefined;
  /** Throws `CannotLook` when the program could not be started. */
  exec(request: ShellRequest, signal: AbortSignal): Promise<ExecResult>;
}
