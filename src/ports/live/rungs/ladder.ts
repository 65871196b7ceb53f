import { CannotLook } from '../../../domain/cannot-look.js';
import { makesSomething } from '../../../domain/pod-access.js';
import type { Variant } from '../../../domain/query.js';
import type { JobOutput } from '../batch.js';
import type { Program } from '../program.js';
import { ImageUnusable } from './container-state.js';
import type { Asked, Footing, Rung } from './rung.js';

/** A program that has run, and where. */
export interface Ran {
  readonly footing: Footing;
  readonly program: Program;
  readonly output: JobOutput;
}

export interface LadderOptions {
  /** In the order in which they are tried. */
  readonly rungs: readonly Rung[];
  /** What would open a further one, as a sentence; empty where nothing would. */
  readonly advice: string;
  /** Told before a program runs. */
  onRun(): void;
}

interface Refused {
  readonly rung: Rung;
  readonly error: CannotLook;
}

interface Climbed {
  /** Has the programs for this, and the answer is of use. */
  readonly sure?: Footing;
  /** May have them, where it can not be asked; or has them, and the answer says little. */
  readonly doubtful: readonly Footing[];
  readonly refused: readonly Refused[];
}

const isMissing = (error: unknown) => error instanceof CannotLook && error.code === 'tool-missing';
const isForbidden = (refused: readonly Refused[]) =>
  refused.find(({ rung, error }) => rung.access === 'exec' && error.code === 'forbidden')?.error;

const variantsOn = ({ tools }: Footing, { query }: Asked): readonly Variant<unknown>[] =>
  query.variants.filter((variant: Variant<unknown>) => !tools.known || tools.names.has(variant.tool));

const isSure = (footing: Footing, asked: Asked) => {
  const { tools } = footing;
  if (!tools.known || variantsOn(footing, asked).length === 0) return false;
  return asked.query.worth?.((tool) => tools.names.has(tool), asked.args) ?? true;
};

/** Whoever may not exec could not use what would be made, and an image that cannot be started is none elsewhere. */
const isVain = ({ access }: Rung, refused: readonly Refused[]) =>
  makesSomething(access) &&
  (isForbidden(refused) !== undefined || refused.some(({ error }) => error instanceof ImageUnusable));

/** Another way in helps where there is no program or no permission; it does not bring back a container that is gone. */
const leadsOn = ({ access }: Rung, error: unknown): error is CannotLook =>
  error instanceof CannotLook && (access !== 'exec' || ['forbidden', 'tool-missing'].includes(error.code));

const climb = async (rungs: readonly Rung[], asked: Asked, signal: AbortSignal): Promise<Climbed> => {
  const refused: Refused[] = [];
  const doubtful: Footing[] = [];
  for (const rung of rungs) {
    if (isVain(rung, refused) || !(await rung.serves(asked, signal))) continue;
    try {
      const footing = await rung.open(asked.pod, signal);
      if (isSure(footing, asked)) return { sure: footing, doubtful, refused };
      doubtful.push(footing);
    } catch (error) {
      if (signal.aborted || !leadsOn(rung, error)) throw error;
      refused.push({ rung, error });
    }
  }
  return { doubtful, refused };
};

const told = (refused: readonly Refused[], advice: string) =>
  [...refused.map(({ rung, error }) => `By ${rung.access}: ${error.message}`), advice].filter(Boolean).join(' ');

const nothingThere = ({ refused }: Climbed, { pod, query }: Asked, advice: string) => {
  const forbidden = isForbidden(refused);
  const others = told(
    refused.filter(({ error }) => error !== forbidden),
    forbidden ? '' : advice,
  );
  if (forbidden) return new CannotLook('forbidden', `${forbidden.message} ${others}`.trim(), forbidden.missing);
  const wanted = query.variants.map(({ tool }) => tool).join(', ');
  const text = `There is no program for this in pod ${pod.namespace}/${pod.name}; it takes one of: ${wanted}.`;
  return new CannotLook('tool-missing', `${text} ${others}`.trim());
};

/** Runs a query on the strongest rung that has what it takes. Throws `CannotLook`, which tells of every rung. */
export const createLadder = ({ rungs, advice, onRun }: LadderOptions) => {
  const runOn = async (footing: Footing, asked: Asked, signal: AbortSignal): Promise<Ran | undefined> => {
    for (const { tool, argv } of variantsOn(footing, asked)) {
      const program = { tool, argv: argv(asked.args), limit: asked.query.limit, cap: asked.query.cap };
      onRun();
      try {
        return { footing, program, output: await footing.run(program, signal) };
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    }
    return undefined;
  };

  return async (asked: Asked, signal: AbortSignal): Promise<Ran> => {
    const climbed = await climb(rungs, asked, signal);
    for (const footing of [climbed.sure ?? [], climbed.doubtful].flat()) {
      const ran = await runOn(footing, asked, signal);
      if (ran) return ran;
    }
    throw nothingThere(climbed, asked, advice);
  };
};
