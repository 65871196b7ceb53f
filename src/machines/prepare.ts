import type { Live } from './live.js';
import { prefetchable } from './prefetch.js';
import { preflight, type Ready } from './preflight.js';
import { createRunner } from './run-step.js';

/** Connects, settles what the session is about, and starts the checks that can start ahead of the walk. */
export const prepare = async (live: Live, signal: AbortSignal): Promise<Ready> => {
  const { deps, changed } = live;
  const { catalog, level, limits } = deps;
  const world = await deps.connect(signal, (event) => live.record({ ...event, actor: 'tool' }));
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
          ports: (step, options) => deps.ports(step, world, options),
        });
        live.runner.prefetch(prefetchable(runbook, catalog.steps, level).filter((id) => !done.has(id)));
        changed();
      },
    },
    signal,
  );
  deps.keeper.begin(ready);
  return ready;
};
