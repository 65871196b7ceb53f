import { CannotLook } from '../../domain/cannot-look.js';
import { abortable } from '../abortable.js';
import { batchArgv, type Job, type JobOutput, type TimeoutStyle } from './batch.js';
import { createBatchReader } from './batch-reader.js';
import type { ExecResult } from './exec-attempt.js';
import type { Shell } from './shell.js';
import { whenNobodyWaits } from './when-nobody-waits.js';

interface Work {
  readonly job: Job;
  /** Milliseconds that all around the program may take: the place is as slow as it is. */
  readonly grace: number;
  readonly signal: AbortSignal;
}

interface Waiting extends Work, PromiseWithResolvers<JobOutput> {}

export interface BatcherOptions {
  /** Milliseconds in which jobs for the same place are gathered. */
  readonly window: number;
}

/**
 * Runs one job in one place, together with the others that are wanted there at the same time, and answers when it
 * ends, whatever the others do. Throws `CannotLook`.
 */
export type RunJob = (shell: Shell, style: TimeoutStyle, work: Work) => Promise<JobOutput>;

const usual = 256 << 10;
// An exec is a URL. Load balancers in front of an API server often refuse one of 16 KiB.
const most = { jobs: 16, letters: 12_000 };

const length = ({ argv }: Job) => argv.reduce((sum, word) => sum + encodeURIComponent(word).length + 9, 0);

const portions = (waiting: readonly Waiting[]): Waiting[][] => {
  const all: Waiting[][] = [];
  let letters = Number.POSITIVE_INFINITY;
  for (const item of waiting) {
    const last = all.at(-1);
    letters += length(item.job);
    if (last && last.length < most.jobs && letters <= most.letters) last.push(item);
    else {
      all.push([item]);
      letters = length(item.job);
    }
  }
  return all;
};

const unfinished = ({ ended, message }: ExecResult, { name }: Shell) => {
  if (ended === 'timeout')
    return new CannotLook('timeout', `There was no answer from ${name} before the time was over.`);
  if (ended === 'cap') return new CannotLook('capped', `More was printed than is read in ${name}.`);
  const why = ended === 'status' ? message || 'the output is incomplete' : 'the connection ended without a status';
  return new CannotLook('lost', `The programs in ${name} could not be followed to their end: ${why}.`);
};

export const createBatcher = ({ window }: BatcherOptions): RunJob => {
  const gathering = new Map<string, Waiting[]>();

  const runPortion = async (shell: Shell, style: TimeoutStyle, waiting: readonly Waiting[]) => {
    const jobs = waiting.map(({ job }) => job);
    const keep = Math.max(...jobs.map(({ cap = usual }) => cap));
    const { signal, answered } = whenNobodyWaits(waiting.map((item) => item.signal));
    const began = performance.now();
    const found = (index: number, output: JobOutput) => {
      const { durationMs } = output;
      waiting[index]?.resolve(Number.isNaN(durationMs) ? { ...output, durationMs: performance.now() - began } : output);
      answered(index);
    };
    const request = {
      argv: batchArgv(jobs, style, keep),
      deadline: Math.max(...waiting.map(({ job, grace }) => job.limit * 1000 + grace)),
      cap: jobs.length * (2 * keep + 512),
      onStdout: createBatchReader({ count: jobs.length, keep, found }),
    };
    try {
      const result = await shell.exec(request, signal);
      // Rejects whoever has no answer yet; for the others it comes too late to change anything.
      for (const { reject } of waiting) reject(unfinished(result, shell));
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    }
  };

  const start = (shell: Shell, style: TimeoutStyle) => {
    const waiting = (gathering.get(shell.key) ?? []).filter(({ signal }) => !signal.aborted);
    gathering.delete(shell.key);
    for (const portion of portions(waiting)) void runPortion(shell, style, portion);
  };

  return (shell, style, work) => {
    const item: Waiting = { ...Promise.withResolvers<JobOutput>(), ...work };
    const others = gathering.get(shell.key);
    if (others) others.push(item);
    else {
      gathering.set(shell.key, [item]);
      setTimeout(() => start(shell, style), window);
    }
    return abortable(item.promise, work.signal);
  };
};
