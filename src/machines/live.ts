import type { ActorRefFrom } from 'xstate';
import type { CatalogRunbook } from '../catalog/catalog.js';
import type { Finding } from '../domain/finding.js';
import type { Flow } from '../domain/flow.js';
import type { Happening } from '../domain/journal.js';
import type { World } from '../domain/ports.js';
import type { compile } from './compile.js';
import type { RanCommand } from './look.js';
import { createQuestions, type Questions } from './questions.js';
import type { Runner } from './run-step.js';
import type { SessionDeps } from './session-deps.js';

export type WalkActor = ActorRefFrom<ReturnType<typeof compile>>;

/** What a running session holds: each part appears when it is known, and stays. */
export interface Live {
  readonly deps: SessionDeps;
  readonly startedAt: number;
  readonly trail: Finding[];
  readonly commands: RanCommand[];
  readonly questions: Questions;
  world?: World;
  /** Nobody waits for what is still being connected. */
  released?: boolean;
  runner?: Runner;
  /** To be told of every node that the walk comes to. */
  runAhead?: (node: string) => void;
  walk?: WalkActor;
  settled?: { readonly flow: Flow; readonly runbook: CatalogRunbook };
  /** When each `NODE.RUN` of this process began. */
  readonly begun: Map<string, number>;
  /** Tells whoever looks that something is different now. */
  readonly changed: () => void;
  /** Keeps what happened, in the record and in the trail. */
  readonly record: (happening: Happening) => void;
}

/** The journal of an earlier process names programs; API requests it only counts. */
const earlierCommands = ({ earlier = [] }: SessionDeps): RanCommand[] =>
  earlier.flatMap(({ type, data }) => {
    if (type !== 'command.ran') return [];
    const { node, run, where, argv, exitCode, durationMs } = data;
    return [{ node, run, where, argv, exitCode, durationMs }];
  });

export const createLive = (deps: SessionDeps, changed: () => void): Live => {
  const live: Live = {
    deps,
    startedAt: Date.now(),
    trail: deps.earlier?.flatMap((event) => (event.type === 'check.finished' ? [event.data] : [])) ?? [],
    commands: earlierCommands(deps),
    begun: new Map(),
    changed,
    questions: createQuestions({
      changed,
      answered: ({ about }, answer) =>
        live.record({
          ...{ type: 'intake.answered', actor: 'operator' },
          data: { question: about, answer, source: 'prompt' },
        }),
    }),
    record: (happening) => {
      if (happening.type === 'check.finished') live.trail.push(happening.data);
      if (happening.type === 'check.started')
        live.begun.set(`${happening.data.node}.${happening.data.run}`, Date.now());
      deps.keeper.record(happening);
      changed();
    },
  };
  return live;
};
