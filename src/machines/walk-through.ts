import { createActor, fromPromise, toPromise } from 'xstate';
import { compile } from './compile.js';
import { limitOf } from './limits.js';
import type { Live } from './live.js';
import type { Ready } from './preflight.js';
import { foldWalk } from './resume.js';
import { runAt } from './run-at.js';
import { unfitFor } from './run-step.js';
import { conclusionOf } from './told.js';
import type { Consent, Ended, RunRequest } from './walk-context.js';

/** A process may have died between reaching the end of the tree and writing it down. */
const tellEnd = ({ deps, record }: Live, node: string, ended: Ended) => {
  const { earlier } = deps;
  if (!earlier || earlier.some(({ type }) => type === 'concluded')) return;
  record({
    type: 'concluded',
    actor: 'tool',
    data: { node, conclusion: conclusionOf(ended) },
  });
};

/** What the tree has not asked already, under a name that no node of a runbook has. */
const runAside = async (live: Live, signal: AbortSignal): Promise<void> => {
  const { deps, trail, record } = live;
  const told = new Set(trail.map(({ check }) => check));
  for (const check of (deps.aside ?? []).filter((id) => !told.has(id))) {
    const step = deps.catalog.steps[check]?.step;
    if (!step || signal.aborted) continue;
    const node = `aside:${check}`;
    record({
      type: 'check.started',
      actor: 'tool',
      data: { node, check, run: 1, limitMs: limitOf(step, deps.limits) },
    });
    const data = await runAt(live, { node, check, run: 1, fresh: false }, signal);
    if (!signal.aborted) record({ type: 'check.finished', actor: 'tool', data });
  }
};

/** Walks the runbook from its start, or from where the journal stops, to the end of the tree. */
export const walkThrough = async (live: Live, { runbook, flow }: Ready, signal: AbortSignal): Promise<Ended> => {
  const { deps, changed, record } = live;
  const stepOf = (id: string) => deps.catalog.steps[id]?.step;
  const consentTo = (id: string): Consent => {
    const step = stepOf(id);
    if (step?.cost !== 3 || unfitFor(step, { flow, level: deps.level })) return 'needless';
    return deps.consent?.includes(id) ? 'given' : 'asked-for';
  };
  const machine = compile(runbook, {
    consentTo,
    stageOf: (id) => stepOf(id)?.stage ?? 'service',
    limitOf: (id) => limitOf(stepOf(id), deps.limits),
  }).provide({
    actors: { 'run step': fromPromise(({ input, signal: one }) => runAt(live, input as RunRequest, one)) },
  });
  const snapshot = deps.earlier && foldWalk(machine, deps.earlier, deps.pace);
  const actor = createActor(machine, { input: { pace: deps.pace }, ...(snapshot ? { snapshot } : {}) });
  live.walk = actor;
  actor.on('happened', ({ happening }) => record(happening));
  actor.subscribe({ next: changed, error: changed });
  signal.addEventListener('abort', () => actor.stop(), { once: true });
  const wasOver = actor.getSnapshot().status === 'done';
  actor.start();
  const { ended, path } = await toPromise(actor);
  const end = ended ?? { inconclusive: null };
  if (wasOver) tellEnd(live, path.at(-1) ?? '', end);
  await runAside(live, signal);
  return end;
};
