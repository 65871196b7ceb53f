import { CannotLook } from '../../domain/cannot-look.js';
import { type Level, permits } from '../../domain/level.js';
import type { Call } from '../../domain/ports.js';
import type { Run } from '../../domain/query.js';
import { NotAllowed } from './allowlist.js';
import { createBatcher } from './batcher.js';
import type { Clean } from './clean.js';
import { containerShell, type Exec } from './exec.js';
import type { Place } from './place.js';
import { createRunProgram } from './program.js';
import { execRung, type InContainers } from './rungs/exec-rung.js';
import { createLadder, type Ran } from './rungs/ladder.js';
import type { Rung } from './rungs/rung.js';
import { createToolbox, type ToolboxOptions } from './toolbox.js';

export type PodCall = Extract<Call, { port: 'pod' }>;

export interface PodPortOptions extends Omit<ToolboxOptions, 'where'> {
  readonly exec: Exec;
  readonly placeOf: (pod: PodCall['pod'], signal: AbortSignal) => Promise<Place>;
  readonly level: () => Level;
  readonly clean: Clean;
  /** The ways into a Pod; exec alone where absent. */
  readonly ways?: ((containers: InContainers) => readonly Rung[]) | undefined;
  /** Whether the agents of nodes may be entered, which are in the networks of their nodes. */
  readonly agents: boolean;
  /** What would open more of them, as a sentence. */
  readonly advice?: string | undefined;
}

/** Such a query is answered by an agent that is in the network of its node: entering it is entering the node. */
const closedAgent = ({ namespace, name }: PodCall['pod']) =>
  new CannotLook('forbidden', `Pod ${namespace}/${name} is on the network of its node: --node-access leaves out pod.`);

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

export const createPodPort = (options: PodPortOptions): PodPort => {
  const { exec, queries, placeOf, level, meter, clean, advice = '' } = options;
  const containers: InContainers = {
    shellOf: (place) => containerShell(exec, place),
    toolsOf: createToolbox({ ...options, where: 'pod' }),
    runProgram: createRunProgram(createBatcher({ window: gatheringWindow })),
  };
  const rungs = options.ways?.(containers) ?? [execRung(placeOf, containers)];
  const climb = createLadder({ rungs, advice, onRun: () => meter.commands(1) });

  const findQuery = (call: PodCall) => {
    const query = queries[call.query];
    if (!query || query.where === 'node') throw new Error(`there is no query "${call.query}" for pods`);
    if (!permits(level(), query.level)) throw new NotAllowed(`query ${call.query} needs level ${query.level}`);
    if (query.level === 'node' && !options.agents) throw closedAgent(call.pod);
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
