import type { Job, JobOutput } from '../../../src/ports/live/batch.js';
import { createBatchReader } from '../../../src/ports/live/batch-reader.js';

export const keep = 64 << 10;

export const job = (...argv: string[]): Job => ({ argv, limit: 20 });

export const say = (...words: string[]) => job('printf', '%s\n', ...words);

/** The outputs by job, and the jobs in the order in which they ended. */
export const readAll = (pieces: readonly Uint8Array[], count: number) => {
  const outputs: JobOutput[] = [];
  const order: number[] = [];
  const found = (index: number, output: JobOutput) => {
    outputs[index] = output;
    order.push(index);
  };
  const take = createBatchReader({ count, keep, found });
  for (const piece of pieces) take(Buffer.from(piece));
  return { outputs, order };
};

export const readBatch = (bytes: Uint8Array, count: number) => readAll([bytes], count).outputs;

export const block = (number: number, stdout: string, stderr = '', code = 0) =>
  `out ${number} ${stdout.length} 7.10 7.35\n${stdout}\nerr ${number} ${stderr.length}\n${stderr}\nend ${number} ${code}\n`;
