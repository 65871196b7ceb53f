import { CannotLook } from '../../domain/cannot-look.js';
import type { AnyQuery, Run, Variant } from '../../domain/query.js';
import { abortable } from '../abortable.js';
import { createBatcher } from './batcher.js';
import type { Clean } from './clean.js';
import type { Meter } from './meter.js';
import { createRunProgram, type Program, type Spot } from './program.js';
import type { Shell } from './shell.js';
import { asRoot, isRefusal, missingRule } from './sudo.js';
import { detectTools, type Tools } from './tools.js';

export type Queries = Readonly<Record<string, AnyQuery>>;

export interface QueryRunnerOptions {
  readonly queries: Queries;
  /** Queries of pods know no root: a container has the rights it has. */
  readonly where: 'pod' | 'node';
  readonly meter: Meter;
  readonly clean: Clean;
  /** Ends the work that several callers share. */
  readonly closing: AbortSignal;
}

// Long enough that checks which start together travel together, short beside one exec.
const gatheringWindow = 15;

const letsNextTry = (error: unknown): error is CannotLook =>
  error instanceof CannotLook && (error.code === 'tool-missing' || error.code === 'forbidden');

/** One detection per place; failed ones are forgotten, since it may be there a moment later. */
const createToolbox = ({ queries, where, meter, closing }: QueryRunnerOptions) => {
  const here = Object.values(queries).filter((query) => query.where === where || query.where === 'anywhere');
  const programs = new Set(here.flatMap(({ variants }) => variants.map(({ tool }) => tool)));
  if (where === 'node') programs.add('sudo');
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

const nothingToRun = (query: AnyQuery, { name }: Shell) => {
  const wanted = query.variants.map(({ tool }) => tool).join(', ');
  return new CannotLook('tool-missing', `There is no program for this in ${name}; it takes one of: ${wanted}.`);
};

/** Runs a query in a place by the first of its variants that the place has and allows. Throws `CannotLook`. */
export const createQueryRunner = (options: QueryRunnerOptions) => {
  const { where, meter, clean } = options;
  const toolsOf = createToolbox(options);
  const runProgram = createRunProgram(createBatcher({ window: gatheringWindow }));

  const run = async (program: Program, spot: Spot): Promise<Run> => {
    meter.commands(1);
    const { exitCode, stdout, stderr, durationMs } = await runProgram(program, spot);
    return {
      ...{ argv: program.argv, tool: program.tool, exitCode, durationMs: Math.round(durationMs) },
      ...{ stdout: clean.cleanText(stdout), stderr: clean.cleanText(stderr) },
    };
  };

  /** One variant, raised to root where it has to be. Throws `CannotLook`; `tool-missing` and `forbidden` let the next one try. */
  const tryVariant = async (
    query: AnyQuery,
    { tool, root }: Variant<unknown>,
    { argv, ...spot }: Spot & { argv: readonly string[] },
  ) => {
    const { shell, tools } = spot;
    const raised = where === 'node' && root === true && tools.user?.id !== 0;
    if (raised && !tools.names.has('sudo')) throw missingRule(argv, shell, tools);
    const { limit, cap } = query;
    const found = await run({ tool, argv: raised ? asRoot(argv) : argv, limit, cap }, spot);
    if (raised && isRefusal(found)) throw missingRule(argv, shell, tools);
    return found;
  };

  return async (query: AnyQuery, args: unknown, { shell, signal }: Omit<Spot, 'tools'>): Promise<Run> => {
    const tools = await abortable(toolsOf(shell), signal);
    const variants: readonly Variant<unknown>[] = query.variants;
    let refused = nothingToRun(query, shell);
    for (const variant of variants.filter(({ tool }) => !tools.known || tools.names.has(tool))) {
      try {
        return await tryVariant(query, variant, { shell, tools, signal, argv: variant.argv(args) });
      } catch (error) {
        if (!letsNextTry(error)) throw error;
        if (error.code === 'forbidden') refused = error;
      }
    }
    throw refused;
  };
};
