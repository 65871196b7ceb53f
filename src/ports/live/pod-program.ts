import { CannotLook } from '../../domain/cannot-look.js';
import { type Job, type JobOutput, limited } from './batch.js';
import type { RunJob } from './batcher.js';
import type { Exec } from './exec.js';
import type { ExecResult } from './exec-attempt.js';
import type { Place } from './place.js';
import type { Tools } from './pod-tools.js';

export interface Program extends Job {
  readonly tool: string;
}

export interface Spot {
  readonly place: Place;
  readonly tools: Tools;
  readonly signal: AbortSignal;
}

// What a limit inside the container may take longer than one on this side.
const grace = 5_000;
// 124 coreutils, 143 busybox, 137 where the program had to be killed.
const timedOut = [124, 137, 143];

export const nameOf = ({ namespace, name, container }: Place) => `container ${container} of pod ${namespace}/${name}`;

const tooLong = ({ tool, limit }: Program, place: Place) =>
  new CannotLook('timeout', `${tool} did not end within ${limit} seconds in ${nameOf(place)}.`);

const output = (result: ExecResult, program: Program, place: Place): JobOutput => {
  const { ended, message, exitCode, durationMs } = result;
  if (ended === 'timeout') throw tooLong(program, place);
  if (ended === 'status' && Number.isNaN(exitCode))
    throw new CannotLook('lost', `${program.tool} did not start in ${nameOf(place)}: ${message}`);
  if (ended === 'lost')
    throw new CannotLook('lost', `The connection to ${nameOf(place)} ended before ${program.tool} did.`);
  const texts = { stdout: result.stdout.toString('utf8'), stderr: result.stderr.toString('utf8') };
  return { exitCode, durationMs, ...texts, cut: ended === 'cap' };
};

const alone = async (exec: Exec, program: Program, { place, tools, signal }: Spot) => {
  const argv = tools.timeout ? limited(program, tools.timeout) : program.argv;
  const deadline = program.limit * 1000 + (tools.timeout ? grace : 0);
  return output(await exec({ pod: place, argv, deadline }, signal), program, place);
};

/**
 * Runs one program in a container: with the others that are wanted there where the image has what that takes, else
 * in an exec of its own. Throws `CannotLook`, also where the program had to be ended or printed too much.
 */
export const createRunProgram =
  (exec: Exec, runJob: RunJob) =>
  async (program: Program, spot: Spot): Promise<JobOutput> => {
    const { place, tools, signal } = spot;
    const style = tools.batch ? tools.timeout : undefined;
    const found = style ? await runJob(place, style, { job: program, signal }) : await alone(exec, program, spot);
    if (timedOut.includes(found.exitCode) && found.durationMs >= program.limit * 1000 - 100)
      throw tooLong(program, place);
    if (found.cut) throw new CannotLook('capped', `${program.tool} printed more than is read in ${nameOf(place)}.`);
    return found;
  };
