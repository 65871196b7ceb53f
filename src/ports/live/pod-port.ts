import { type Level, permits } from '../../domain/level.js';
import type { Call } from '../../domain/ports.js';
import type { AnyQuery, Run } from '../../domain/query.js';
import { NotAllowed } from './allowlist.js';
import { createBatcher } from './batcher.js';
import type { Clean } from './clean.js';
import type { Exec } from './exec.js';
import type { Meter } from './meter.js';
import { type Place, placeKey } from './place.js';
import { createRunProgram } from './pod-program.js';
import { detectTools, type Tools } from './pod-tools.js';
import { execRung, type InContainers } from './rungs/exec-rung.js';
import { createLadder, type Ran } from './rungs/ladder.js';
import type { Rung } from './rungs/rung.js';

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
  /** The ways into a Pod; exec alone where absent. */
  readonly ways?: ((containers: InContainers) => readonly Rung[]) | undefined;
  /** What would open more of them, as a sentence. */
  readonly advice?: string | undefined;
}

export interface PodAsk {
  /** The flow starts in this Pod. */
  readonly ofSource?: boolean | undefined;
}

export interface PodPort {
  /** Throws `CannotLook`; a plain error for a query that does not exist or arguments that do not fit it. */
  run(call: PodCall, signal: AbortSignal, ask?: PodAsk): Promise<Run>;
}

// Long enough that checks which start together travel together, short beside one exec.
const gatheringWindow = 15;

/** One detection per container; failed ones are forgotten, since the container may be there a moment later. */
const createToolbox = ({ exec, queries, meter, closing }: PodPortOptions) => {
  const programs = new Set(Object.values(queries).flatMap(({ variants }) => variants.map(({ tool }) => tool)));
  const detected = new Map<string, Promise<Tools>>();
  return (place: Place) => {
    const key = placeKey(place);
    const held = detected.get(key);
    if (held) return held;
    meter.commands(1);
    const looking = detectTools(exec, place, { programs: [...programs], signal: closing });
    detected.set(key, looking);
    looking.catch(() => detected.delete(key));
    return looking;
  };
};

export const createPodPort = (options: PodPortOptions): PodPort => {
  const { exec, queries, placeOf, level, meter, clean, advice = '' } = options;
  const containers: InContainers = {
    toolsOf: createToolbox(options),
    runProgram: createRunProgram(exec, createBatcher({ exec, window: gatheringWindow })),
  };
  const rungs = options.ways?.(containers) ?? [execRung(placeOf, containers)];
  const climb = createLadder({ rungs, advice, onRun: () => meter.commands(1) });

  const findQuery = (call: PodCall) => {
    const query = queries[call.query];
    if (!query || query.where === 'node') throw new Error(`there is no query "${call.query}" for pods`);
    if (!permits(level(), query.level)) throw new NotAllowed(`query ${call.query} needs level ${query.level}`);
    return query;
  };

  const told = ({ footing, program, output }: Ran): Run => ({
    ...{ argv: program.argv, tool: program.tool, exitCode: output.exitCode, durationMs: Math.round(output.durationMs) },
    ...{ stdout: clean.cleanText(output.stdout), stderr: clean.cleanText(output.stderr) },
    ...(footing.access === 'exec' ? {} : { by: footing.access, at: footing.at }),
  });

  return {
    async run(call, signal, { ofSource = false } = {}) {
      const query = findQuery(call);
      const args: unknown = query.args.parse(call.args);
      return told(await climb({ pod: call.pod, query, args, ofSource }, signal));
    },
  };
};
