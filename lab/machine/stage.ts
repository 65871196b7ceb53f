import { existsSync, readFileSync } from 'node:fs';
import { complain, say } from './say.ts';

const TAIL = 8;
const WIDTH = 300;

/** Files; a function where their names are known only once they are written. */
export type Logs = readonly string[] | (() => readonly string[]);

/** Runs one stage of the start, prints how long it took, and explains a failure with the logs that know more. */
export async function stage<T>(title: string, work: () => Promise<T>, logs: Logs = []): Promise<T> {
  const start = performance.now();
  try {
    const result = await work();
    say(`${title.padEnd(44)} ${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s`);
    return result;
  } catch (error) {
    complain(`${title.padEnd(44)} FAILED\n${error instanceof Error ? error.message : error}`);
    for (const log of typeof logs === 'function' ? logs() : logs) explain(log);
    throw new StageFailed(title);
  }
}

/** Everything worth saying was printed already. */
export class StageFailed extends Error {}

function explain(log: string): void {
  if (!existsSync(log)) return;
  const lines = readFileSync(log, 'utf8').trim().split('\n').slice(-TAIL);
  complain(`\n${log} ends with:\n${lines.map((line) => `  ${line.slice(0, WIDTH)}`).join('\n')}`);
}
