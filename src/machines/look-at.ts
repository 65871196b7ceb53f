import type { SnapshotFrom } from 'xstate';
import { noCost } from '../domain/ports.js';
import { isStepNode } from '../domain/runbook.js';
import { limitOf } from './limits.js';
import type { Live } from './live.js';
import type { CurrentCheck, SessionLook } from './look.js';
import type { sessionMachine } from './session.js';
import type { WalkContext } from './walk-context.js';

export const costOf = ({ world }: Live) => world?.cost() ?? noCost;

const phases = ['preparing', 'walking', 'judged', 'over'] as const;

type WalkLook = Pick<SessionLook, 'current' | 'reviewing' | 'asking' | 'canGoBack'>;
const nowhere: WalkLook = { current: null, reviewing: false, asking: null, canGoBack: false };

const nodeNow = ({ settled }: Live, { path }: WalkContext) => {
  const name = path.at(-1) ?? '';
  return { name, node: settled?.runbook.nodes[name] };
};

/** By where the walk stands, not by what began last: stepping back and resuming begin nothing. */
const currentOf = (live: Live, context: WalkContext): CurrentCheck | null => {
  const { name, node } = nodeNow(live, context);
  if (!node || !isStepNode(node)) return null;
  const { catalog, limits } = live.deps;
  const run = context.runs[name] ?? 1;
  const startedAt = live.begun.get(`${name}.${run}`) ?? live.startedAt;
  return {
    node: name,
    check: node.step,
    run,
    startedAt,
    soFar: live.runner?.flights.get(node.step)?.soFar,
    limitMs: limitOf(catalog.steps[node.step]?.step, limits),
  };
};

const askingOf = (live: Live, context: WalkContext): SessionLook['asking'] => {
  const { name, node } = nodeNow(live, context);
  if (!node) return null;
  if (!isStepNode(node)) return { node: name, question: node };
  return { node: name, question: live.deps.consentQuestion(node.step) };
};

/** While somebody is asked on the way to an answer, the walk stands where it is. */
const questionLook = ({ questions }: Live): WalkLook | undefined => {
  const first = questions.first();
  return first && { ...nowhere, asking: { node: first.about, question: first.question } };
};

const walkLook = (live: Live): WalkLook => {
  const state = live.walk?.getSnapshot();
  if (state?.status !== 'active') return nowhere;
  return {
    current: state.hasTag('consenting') ? null : currentOf(live, state.context),
    reviewing: state.hasTag('reviewing'),
    asking: state.hasTag('asking') || state.hasTag('consenting') ? askingOf(live, state.context) : null,
    canGoBack: state.can({ type: 'BACK' }),
  };
};

const aboutOf = ({ deps, settled }: Live): Pick<SessionLook, 'flow' | 'runbook'> =>
  settled ?? { flow: deps.asked, runbook: null };

const paceOf = ({ walk, deps }: Live): Pick<SessionLook, 'paused' | 'pace'> => {
  const { paused, pace } = walk?.getSnapshot().context ?? { paused: false, pace: deps.pace };
  return { paused, pace };
};

/** The session as one plain value. */
export const lookAt = (live: Live, session: SnapshotFrom<typeof sessionMachine>): SessionLook => {
  const { ready, verdict, failure } = session.context;
  return {
    phase: phases.find((tag) => session.hasTag(tag)) ?? 'over',
    ...aboutOf(live),
    ...paceOf(live),
    ...(session.hasTag('walking') ? (questionLook(live) ?? walkLook(live)) : nowhere),
    trail: [...live.trail],
    flights: [...(live.runner?.flights.values() ?? [])],
    ...{ verdict, failure },
    cost: costOf(live),
    commands: [...live.commands],
    k8sVersion: ready?.k8sVersion ?? null,
    access: ready?.access ?? null,
    startedAt: live.startedAt,
  };
};
