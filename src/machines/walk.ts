import { assign, emit, fromPromise, setup } from 'xstate';
import type { Finding } from '../domain/finding.js';
import { looked } from '../domain/finding.js';
import type { Happening } from '../domain/journal.js';
import type { Conclusion, Target } from '../domain/runbook.js';
import type { Stage } from '../domain/stage.js';

export type Pace = 'auto' | 'step';

export interface RunRequest {
  readonly node: string;
  readonly check: string;
  /** 1 for the first time at this node. */
  readonly run: number;
  /** Look again, whatever a cache or a prefetch holds. */
  readonly fresh: boolean;
}

export type Handover = { readonly runbook: string; readonly flow: 'same' | 'to-endpoint' | 'swapped' };
export type Ended = Conclusion | Handover;

/** What the walk needs to know about steps without knowing any. */
export interface Surroundings {
  stageOf(step: string): Stage;
  /** Milliseconds. */
  limitOf(step: string): number;
}

export interface WalkContext {
  pace: Pace;
  paused: boolean;
  /** Nodes in the order they were entered; stepping back shortens it. */
  path: string[];
  runs: Record<string, number>;
  findings: Record<string, Finding>;
  /** Outcomes the operator chose over what was found. */
  chosen: Record<string, string>;
  ended: Ended | null;
}

export type WalkEvent =
  | { type: 'NEXT' | 'SKIP' | 'RERUN' | 'BACK' | 'PAUSE' | 'RESUME' }
  | { type: 'ANSWER'; answer: string }
  | { type: 'OVERRIDE'; outcome: string; reason: string }
  | { type: 'PACE'; pace: Pace };

export const nameOfTarget = (target: Target): string => {
  if (typeof target === 'string') return target;
  if ('cause' in target) return `cause ${target.cause}`;
  if ('runbook' in target) return `runbook ${target.runbook}`;
  return 'healthy' in target ? 'healthy' : 'inconclusive';
};

/** What the walk goes by at a node: the operator's choice, else the outcome, else that there is none. */
export const wordAt = ({ chosen, findings }: Pick<WalkContext, 'chosen' | 'findings'>, node: string): string => {
  const finding = findings[node];
  return chosen[node] ?? (finding && looked(finding) ? finding.outcome : 'otherwise');
};

const unanswered = (about: { node: string; check: string }, run: number, stage: Stage): Omit<Finding, 'result' | 'outcome' | 'reason'> => ({
  ...about,
  run,
  stage,
  facts: {},
  evidence: [],
  durationMs: 0,
  by: 'operator',
});

const tell = (happening: Happening) => ({ type: 'happened' as const, happening });
const finished = (finding: Finding) => tell({ type: 'check.finished', actor: finding.by === 'auto' ? 'tool' : 'operator', data: finding });

/** The words of the walk. The story is told by `compile`. */
export const walkSetup = ({ stageOf, limitOf }: Surroundings) =>
  setup({
    types: {
      context: {} as WalkContext,
      events: {} as WalkEvent,
      input: {} as { pace: Pace },
      output: {} as Pick<WalkContext, 'ended' | 'findings' | 'path'>,
      tags: {} as 'running' | 'reviewing' | 'asking',
      emitted: {} as { type: 'happened'; happening: Happening },
    },
    actors: {
      'run step': fromPromise<Finding, RunRequest>(() => Promise.reject(new Error('no runner was provided'))),
    },
    guards: {
      'not paused': ({ context }) => !context.paused,
      'walks on': ({ context }) => context.pace === 'auto' && !context.paused,
      'came from': ({ context }, { node }: { node: string }) => context.path.at(-2) === node,
      'goes by': ({ context }, { node, outcome }: { node: string; outcome: string }) => wordAt(context, node) === outcome,
      'may choose': ({ event }, { outcomes }: { outcomes: string[] }) =>
        event.type === 'OVERRIDE' && outcomes.includes(event.outcome) && event.reason.trim() !== '',
    },
    actions: {
      enter: assign({
        path: ({ context }, { node }: { node: string }) => (context.path.at(-1) === node ? context.path : [...context.path, node]),
      }),
      begin: assign({
        runs: ({ context }, { node }: { node: string; check: string }) => ({ ...context.runs, [node]: (context.runs[node] ?? 0) + 1 }),
        chosen: ({ context }, { node }) => Object.fromEntries(Object.entries(context.chosen).filter(([key]) => key !== node)),
      }),
      'tell begun': emit(({ context }, { node, check }: { node: string; check: string }) =>
        tell({ type: 'check.started', actor: 'tool', data: { node, check, run: context.runs[node] ?? 1, limitMs: limitOf(check) } }),
      ),
      keep: assign({ findings: ({ context }, finding: Finding) => ({ ...context.findings, [finding.node]: finding }) }),
      'tell found': emit(({ context }, { node }: { node: string }) => finished(context.findings[node] as Finding)),
      'keep skip': assign({
        findings: ({ context }, about: { node: string; check: string }) => ({
          ...context.findings,
          [about.node]: {
            ...unanswered(about, context.runs[about.node] ?? 1, stageOf(about.check)),
            outcome: 'operator',
            result: 'skip',
            reason: { code: 'operator', detail: '' },
          },
        }),
      }),
      'keep bug': assign({
        findings: ({ context }, { error, ...about }: { node: string; check: string; error: unknown }) => ({
          ...context.findings,
          [about.node]: {
            ...unanswered(about, context.runs[about.node] ?? 1, stageOf(about.check)),
            outcome: 'bug',
            result: 'error',
            by: 'auto',
            reason: { code: 'bug', detail: String(error) },
          },
        }),
      }),
      override: assign({
        chosen: ({ context, event }, { node }: { node: string }) =>
          event.type === 'OVERRIDE' ? { ...context.chosen, [node]: event.outcome } : context.chosen,
      }),
      'tell override': emit(({ context, event }, { node }: { node: string }) =>
        tell({
          type: 'override',
          actor: 'operator',
          data: {
            node,
            found: context.findings[node]?.outcome ?? '',
            chosen: event.type === 'OVERRIDE' ? event.outcome : '',
            reason: event.type === 'OVERRIDE' ? event.reason : '',
          },
        }),
      ),
      answer: emit((_, data: { node: string; answer: string; offered: string[] }) =>
        tell({ type: 'decision.operator', actor: 'operator', data }),
      ),
      decide: emit((_, data: { from: string; to: string; outcome: string }) => tell({ type: 'decision.auto', actor: 'tool', data })),
      conclude: assign({
        ended: (_, { target }: { node: string; target: Exclude<Target, string> }): Ended => target,
      }),
      'tell concluded': emit((_, { node, target }: { node: string; target: Exclude<Target, string> }) =>
        tell({ type: 'concluded', actor: 'tool', data: { node, conclusion: 'runbook' in target ? { inconclusive: null } : target } }),
      ),
      // Paused, or an automatic walk would leave again before anybody could look.
      'step back': assign({ path: ({ context }) => context.path.slice(0, -1), paused: true }),
      'tell back': emit((_, data: { from: string; to: string }) => tell({ type: 'step.back', actor: 'operator', data })),
      'tell rerun': emit((_, { node }: { node: string }) => tell({ type: 'check.rerun', actor: 'operator', data: { node } })),
      pause: assign({ paused: true }),
      'tell paused': emit(tell({ type: 'session.paused', actor: 'operator', data: {} })),
      unpause: assign({ paused: false }),
      'set pace': assign({ pace: ({ context, event }) => (event.type === 'PACE' ? event.pace : context.pace) }),
    },
  });
