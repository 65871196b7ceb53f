import { CannotLook } from '../../domain/cannot-look.js';
import { type Level, permits } from '../../domain/level.js';
import type { Call } from '../../domain/ports.js';
import type { AnyQuery, Run, Variant } from '../../domain/query.js';
import { abortable } from '../abortable.js';
import { NotAllowed } from './allowlist.js';
import { createBatcher } from './batcher.js';
import type { Clean } from './clean.js';
import { containerShell, type Exec } from './exec.js';
import type { Meter } from './meter.js';
import type { Place } from './place.js';
import { createRunProgram, type Program, type Spot } from './program.js';
import type { Shell } from './shell.js';
import { detectTools, type Tools } from './tools.js';

export type PodCall = Extract<Call, { port: 'pod' }>;
export type Queries = Readonly<Record<string, AnyQuery>>;

export interface PodPortOptions {
  readonly exec: Exec;
  readonly queries: Queries;
  readonly placeOf: (pod: PodCall['pod'], signal: AbortSignal) => Promise<Place>;
  readonly level: () => Level;
  readonly meter: Meter;
  readonly clean: Clean;
  /** Ends the work that several callers share. */
  readonly closing: AbortSignal;
}

export interface PodPort {
  /** Throws `CannotLook`; a plain error for a query that does not exist or arguments that do not fit it. */
  run(call: PodCall, signal: AbortSignal): Promise<Run>;
}

// Long enough that checks which start together travel together, short beside one exec.
const gatheringWindow = 15;

const isMissing = (error: unknown) => error instanceof CannotLook && error.code === 'tool-missing';

/** One detection per container; failed ones are forgotten, since the container may be there a moment later. */
const createToolbox = ({ queries, meter, closing }: PodPortOptions) => {
  const programs = new Set(Object.values(queries).flatMap(({ variants }) => variants.map(({ tool }) => tool)));
  const detected = new Map<string, Promise<Tools>>();
  return (shell: Shell) => {
    const held = detected.get(shell.key);
    if (held) return held;
    meter.commands(1);
    const looking = detectTools(shell, { programs: [...programs], signal: closing });
    detected.set(shell.key, looking);
    looking.catch(() => detected.delete(shell.key));
    return looking;
  };
};

export const createPodPort = (options: PodPortOptions): PodPort => {
  const { exec, queries, placeOf, level, meter, clean } = options;
  const toolsOf = createToolbox(options);
  const runProgram = createRunProgram(createBatcher({ window: gatheringWindow }));

  const findQuery = (call: PodCall) => {
    const query = queries[call.query];
    if (!query || query.where === 'node') throw new Error(`there is no query "${call.query}" for pods`);
    if (!permits(level(), query.level)) throw new NotAllowed(`query ${call.query} needs level ${query.level}`);
    return query;
  };

  const run = async (program: Program, spot: Spot): Promise<Run> => {
    meter.commands(1);
    const { exitCode, stdout, stderr, durationMs } = await runProgram(program, spot);
    return {
      ...{ argv: program.argv, tool: program.tool, exitCode, durationMs: Math.round(durationMs) },
      ...{ stdout: clean.cleanText(stdout), stderr: clean.cleanText(stderr) },
    };
  };

  return {
    async run(call, signal) {
      const query = findQuery(call);
      const args: unknown = query.args.parse(call.args);
      const shell = containerShell(exec, await placeOf(call.pod, signal));
      const tools = await abortable(toolsOf(shell), signal);
      const variants: readonly Variant<unknown>[] = query.variants;
      for (const { tool, argv } of variants.filter((variant) => !tools.known || tools.names.has(variant.tool))) {
        try {
          return await run({ tool, argv: argv(args), limit: query.limit }, { shell, tools, signal });
        } catch (error) {
          if (!isMissing(error)) throw error;
        }
      }
      const wanted = variants.map(({ tool }) => tool).join(', ');
      throw new CannotLook(
        'tool-missing',
        `There is no program for this in ${shell.name}; it takes one of: ${wanted}.`,
      );
    },
  };
};
