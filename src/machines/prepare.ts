import { chapterOf } from '../catalog/link.js';
import type { Live } from './live.js';
import { prefetchable } from './prefetch.js';
import { preflight, type Ready } from './preflight.js';
import { createRunner, type Runner } from './run-step.js';

/** Starts what can start ahead in a chapter of the tree, when the walk comes to its first node. */
const runAhead = (runner: Runner, stepsOf: (chapter: string) => string[]) => {
  const entered = new Set<string>();
  return (node: string) => {
    const chapter = chapterOf(node);
    if (entered.has(chapter)) return;
    entered.add(chapter);
    runner.prefetch(stepsOf(chapter));
  };
};

/** Connects, settles what the session is about, and starts the checks that can start ahead of the walk. */
export const prepare = async (live: Live, signal: AbortSignal): Promise<Ready> => {
  const { deps, changed } = live;
  const { catalog, level, limits } = deps;
  const world = await deps.connect(signal, (event) => live.record({ ...event, actor: 'tool' }), live.questions.ask);
  // Told to end meanwhile: what came too late would stay open, and with it a recording that nobody closes.
  if (live.released) {
    await world.close();
    throw signal.reason;
  }
  live.world = world;
  const done = new Set(live.trail.map(({ check }) => check));
  const ready = await preflight(
    {
      world,
      catalog,
      asked: deps.asked,
      symptom: deps.symptom,
      level,
      ways: deps.ways,
      onSettled: (flow, runbook) => {
        live.settled = { flow, runbook };
        live.runner = createRunner({
          ...{ catalog, flow, level, limits, changed },
          signal: deps.signal,
          now: () => world.clock.now(),
          limit: live.questions.limit,
          ports: (step, options) => deps.ports(step, world, options),
        });
        live.runAhead = runAhead(live.runner, (chapter) =>
          prefetchable(runbook, catalog.steps, { level, chapter }).filter((id) => !done.has(id)),
        );
        live.runAhead(runbook.start);
        changed();
      },
    },
    signal,
  );
  deps.keeper.begin(ready);
  return ready;
};
