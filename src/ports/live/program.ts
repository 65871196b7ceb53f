import { CannotLook } from '../../domain/cannot-look.js';
import { type Job, type JobOutput, limited } from './batch.js';
import type { RunJob } from './batcher.js';
import type { ExecResult } from './exec-attempt.js';
import type { Shell } from './shell.js';
import type { Tools } from './tools.js';

export interface Program extends Job {
  readonly tool: string;
}

export interface Spot {
  readonly shell: Shell;
  readonly tools: Tools;
  readonly signal: AbortSignal;
}

// 124 coreutils, 143 busybox, 137 where the program had to be killed.
const timedOut = [124, 137, 143];

const tooLong = ({ tool, limit }: Program, { name }: Shell) =>
  new CannotLook('timeout', `${tool} did not end within ${limit} seconds in ${name}.`);

const output = (result: ExecResult, program: Program, shell: Shell): JobOutput => {
  const { ended, message, exitCode, durationMs } = result;
  if (ended === 'timeout') throw tooLong(program, shell);
  if (ended === 'status' && Number.isNaN(exitCode))
    throw new CannotLook('lost', `${program.tool} did not start in ${shell.name}: ${message}`);
  if (ended === 'lost')
    throw new CannotLook('lost', `The connection to ${shell.name} ended before ${program.tool} did.`);
  const texts = { stdout: result.stdout.toString('utf8'), stderr: result.stderr.toString('utf8') };
  return { exitCode, durationMs, ...texts, cut: ended === 'cap' };
};

const alone = async (program: Program, { shell, tools, signal }: Spot) => {
  const { cap } = program;
  const argv = tools.timeout ? limited(program, tools.timeout) : program.argv;
  const deadline = program.limit * 1000 + (tools.timeout ? tools.grace : 0);
  return output(await shell.exec({ argv, deadline, ...(cap ? { cap } : {}) }, signal), program, shell);
};

/**
 * Runs one program in one place: with the others that are wanted there where the place has what that takes, else
 * in an exec of its own. Throws `CannotLook`, also where the program had to be ended or printed too much.
 */
export const createRunProgram =
  (runJob: RunJob) =>
  async (program: Program, spot: Spot): Promise<JobOutput> => {
    const { shell, tools, signal } = spot;
    const style = tools.batch ? tools.timeout : undefined;
    const found = style
      ? await runJob(shell, style, { job: program, grace: tools.grace, signal })
      : await alone(program, spot);
    if (timedOut.includes(found.exitCode) && found.durationMs >= program.limit * 1000 - 100)
      throw tooLong(program, shell);
    if (found.cut) throw new CannotLook('capped', `${program.tool} printed more than is read in ${shell.name}.`);
    return found;
  };
