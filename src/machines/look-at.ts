import type { SnapshotFrom } from 'xstate';
import { isStepNode } from '../domain/runbook.js';
import type { Live } from './live.js';
import type { SessionLook } from './look.js';
import type { sessionMachine } from './session.js';

export const costOf = ({ world }: Live) => world?.cost() ?? { requests: 0, bytes: 0, commands: 0 };

const phases = ['preparing', 'walking', 'judged', 'over'] as const;

type WalkLook = Pick<SessionLook, 'current' | 'reviewing' | 'asking' | 'canGoBack'>;
const nowhere: WalkLook = { current: null, reviewing: false, asking: null, canGoBack: false };

const walkLook = ({ walk, settled, current }: Live): WalkLook => {
  const state = walk?.getSnapshot();
  if (state?.status !== 'active') return nowhere;
  const canGoBack = state.can({ type: 'BACK' });
  if (!state.hasTag('asking')) return { current, reviewing: state.hasTag('reviewing'), asking: null, canGoBack };
  const node = state.context.path.at(-1) ?? '';
  const question = settled?.runbook.nodes[node];
  return { ...nowhere, asking: question && !isStepNode(question) ? { node, question } : null, canGoBack };
};

/** The session as one plain value. */
export const lookAt = (live: Live, session: SnapshotFrom<typeof sessionMachine>): SessionLook => {
  const { ready, verdict, failure } = session.context;
  const { deps, settled, runner, walk, trail, startedAt } = live;
  const { paused, pace } = walk?.getSnapshot().context ?? { paused: false, pace: deps.pace };
  return {
    phase: phases.find((tag) => session.hasTag(tag)) ?? 'over',
    flow: settled?.flow ?? deps.asked,
    runbook: settled?.runbook ?? null,
    trail: [...trail],
    flights: [...(runner?.flights.values() ?? [])],
    ...(session.hasTag('walking') ? walkLook(live) : nowhere),
    ...{ paused, pace, verdict, failure, startedAt },
    cost: costOf(live),
    k8sVersion: ready?.k8sVersion ?? null,
    access: ready?.access ?? null,
  };
};
