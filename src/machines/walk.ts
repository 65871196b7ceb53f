import { assign, emit, fromPromise, setup } from 'xstate';
import type { Finding } from '../domain/finding.js';
import { looked } from '../domain/finding.js';
import type { EventData, Happening } from '../domain/journal.js';
import type { Target } from '../domain/runbook.js';
import {
  type About,
  begun,
  broken,
  conclusionOf,
  consented,
  decided,
  type End,
  finished,
  overridden,
  skipped,
  tell,
} from './told.js';
import type { Ended, Pace, RunRequest, Surroundings, WalkContext, WalkEvent } from './walk-context.js';

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

const withFinding = ({ findings }: WalkContext, finding: Finding) => ({ ...findings, [finding.node]: finding });

const oneMoreRun = ({ runs }: WalkContext, node: string) => ({ ...runs, [node]: (runs[node] ?? 0) + 1 });

const forgetChoice = ({ chosen }: WalkContext, node: string) =>
  Object.fromEntries(Object.entries(chosen).filter(([key]) => key !== node));

const mayChoose = (event: WalkEvent, outcomes: readonly string[]) =>
  event.type === 'OVERRIDE' && outcomes.includes(event.outcome) && event.reason.trim() !== '';

type Answered = { check: string; given: boolean };

const withConsent = ({ consents }: WalkContext, { check, given }: Answered) => ({ ...consents, [check]: given });

type At = { node: string };
type Finish = { node: string; target: End };
const rerun = (data: At) => tell({ type: 'check.rerun', actor: 'operator', data });
const answered = (data: EventData<'decision.operator'>) => tell({ type: 'decision.operator', actor: 'operator', data });

/** The words of the walk. The story is told by `compile`. */
export const walkSetup = ({ stageOf, limitOf }: Surroundings) =>
  setup({
    types: {
      context: {} as WalkContext,
      events: {} as WalkEvent,
      input: {} as { pace: Pace },
      output: {} as Pick<WalkContext, 'ended' | 'findings' | 'path'>,
      tags: {} as 'running' | 'reviewing' | 'asking' | 'consenting',
      emitted: {} as { type: 'happened'; happening: Happening },
    },
    actors: {
      'run step': fromPromise<Finding, RunRequest>(() => Promise.reject(new Error('no runner was provided'))),
    },
    guards: {
      'not paused': ({ context }) => !context.paused,
      'walks on': ({ context }) => context.pace === 'auto' && !context.paused,
      'came from': ({ context }, { node }: At) => context.path.at(-2) === node,
      'goes by': ({ context }, { node, outcome }: At & { outcome: string }) => wordAt(context, node) === outcome,
      'may choose': ({ event }, { outcomes }: { outcomes: string[] }) => mayChoose(event, outcomes),
    },
    actions: {
      enter: assign({
        path: ({ context: { path } }, { node }: At) => (path.at(-1) === node ? path : [...path, node]),
      }),
      begin: assign({
        runs: ({ context }, { node }: About) => oneMoreRun(context, node),
        chosen: ({ context }, { node }) => forgetChoice(context, node),
      }),
      'tell begun': emit(({ context }, about: About) => begun(context, about, limitOf(about.check))),
      keep: assign({ findings: ({ context }, finding: Finding) => withFinding(context, finding) }),
      'tell found': emit(({ context }, { node }: At) => finished(context.findings[node] as Finding)),
      'keep skip': assign({
        findings: ({ context }, about: About) => withFinding(context, skipped(context, about, stageOf(about.check))),
      }),
      'keep bug': assign({
        findings: ({ context }, about: About & { error: unknown }) =>
          withFinding(context, broken(context, about, stageOf(about.check))),
      }),
      override: assign({
        chosen: ({ context: { chosen }, event }, { node }: At) =>
          event.type === 'OVERRIDE' ? { ...chosen, [node]: event.outcome } : chosen,
      }),
      'tell override': emit(({ context, event }, { node }: At) => overridden(context, event, node)),
      consent: assign({ consents: ({ context }, answered: Answered) => withConsent(context, answered) }),
      'tell consent': emit((_, data: EventData<'consent.given'>) => consented(data)),
      answer: emit((_, data: EventData<'decision.operator'>) => answered(data)),
      decide: emit((_, data: EventData<'decision.auto'>) => decided(data)),
      conclude: assign({ ended: (_, { target }: Finish): Ended => target }),
      'tell concluded': emit((_, { node, target }: Finish) =>
        tell({ type: 'concluded', actor: 'tool', data: { node, conclusion: conclusionOf(target) } }),
      ),
      // Paused, or an automatic walk would leave again before anybody could look.
      'step back': assign({ path: ({ context }) => context.path.slice(0, -1), paused: true }),
      'tell back': emit((_, data: EventData<'step.back'>) => tell({ type: 'step.back', actor: 'operator', data })),
      'tell rerun': emit((_, data: At) => rerun(data)),
      pause: assign({ paused: true }),
      'tell paused': emit(tell({ type: 'session.paused', actor: 'operator', data: {} })),
      unpause: assign({ paused: false }),
      'set pace': assign({ pace: ({ context, event }) => (event.type === 'PACE' ? event.pace : context.pace) }),
    },
  });
