import { type Finished, type RunOptions, run } from '../../lab/machine/run.ts';

export interface Timed extends Finished {
  seconds: number;
}

/** From before the process exists to after it is gone. */
export async function time(argv: readonly string[], options: RunOptions = {}): Promise<Timed> {
  const start = performance.now();
  const finished = await run(argv, options);
  return { ...finished, seconds: (performance.now() - start) / 1000 };
}
