import { CannotLook } from '../../domain/cannot-look.js';
import type { AnyQuery, Run, Variant } from '../../domain/query.js';
import { abortable } from '../abortable.js';
import { createBatcher } from '../live/batcher.js';
import type { Clean } from '../live/clean.js';
import { createRunProgram, type Program, type Spot } from '../live/program.js';
import type { Shell } from '../live/shell.js';
import { createToolbox, type ToolboxOptions } from '../live/toolbox.js';
import { asRoot, isRefusal, missingRule } from './sudo.js';

export interface QueryRunnerOptions extends Omit<ToolboxOptions, 'where'> {
  readonly clean: Clean;
}

// Long enough that checks which start together travel together, short beside one connection.
const gatheringWindow = 15;

const letsNextTry = (error: unknown): error is CannotLook =>
  error instanceof CannotLook && (error.code === 'tool-missing' || error.code === 'forbidden');

const nothingToRun = (query: AnyQuery, { name }: Shell) => {
  const wanted = query.variants.map(({ tool }) => tool).join(', ');
  return new CannotLook('tool-missing', `There is no program for this in ${name}; it takes one of: ${wanted}.`);
};

/** Runs a query in a place by the first of its variants that the place has and allows. Throws `CannotLook`. */
export const createQueryRunner = (options: QueryRunnerOptions) => {
  const { meter, clean } = options;
  const toolsOf = createToolbox({ ...options, where: 'node' });
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
    const raised = root === true && tools.user?.id !== 0;
    if (raised && !tools.names.has('sudo')) throw missingRule(argv, shell, tools);
    const { limit, cap } = query;
    const found = await run({ tool, argv: raised ? asRoot(argv) : argv, limit, cap }, spot);
    if (raised && isRefusal(found)) throw missingRule(argv, shell, tools);
    return found;
  };

  /** The ways to ask that a place has the programs for, and that tell of it and of no other. */
  const variantsFor = ({ variants }: AnyQuery, args: unknown, { shell, tools }: Pick<Spot, 'shell' | 'tools'>) =>
    (variants as readonly Variant<unknown>[])
      .filter(({ tool }) => !tools.known || tools.names.has(tool))
      .map((variant) => ({ variant, argv: variant.argv(args) }))
      .filter(({ argv }) => shell.answersFor?.(argv) ?? true);

  const runIn = async (query: AnyQuery, args: unknown, { shell, signal }: Omit<Spot, 'tools'>): Promise<Run> => {
    const tools = await abortable(toolsOf(shell), signal);
    let refused = nothingToRun(query, shell);
    for (const { variant, argv } of variantsFor(query, args, { shell, tools })) {
      try {
        return await tryVariant(query, variant, { shell, tools, signal, argv });
      } catch (error) {
        if (!letsNextTry(error)) throw error;
        if (error.code === 'forbidden') refused = error;
      }
    }
    throw refused;
  };

  /** Where the place lacks the program, one beside it may have it. */
  const runQuery: typeof runIn = (query, args, { shell, signal }) =>
    runIn(query, args, { shell, signal }).catch((error: unknown) => {
      const { beside } = shell;
      if (!beside || !(error instanceof CannotLook) || error.code !== 'tool-missing') throw error;
      return runIn(query, args, { shell: beside, signal });
    });
  return { toolsOf, runQuery };
};
