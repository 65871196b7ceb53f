import type { Catalog, CatalogRunbook } from '../catalog/catalog.js';
import { chapterOf } from '../catalog/link.js';
import type { Level } from '../domain/level.js';
import { isStepNode } from '../domain/runbook.js';
import type { Live } from './live.js';
import { probesAhead, probesMeanwhile, readsAhead } from './prefetch.js';
import { preflight, type Ready } from './preflight.js';
import { createRunner, type Runner } from './run-step.js';

interface Ahead {
  readonly steps: Catalog['steps'];
  readonly level: Level;
  /** Checks that an earlier process has run. */
  readonly done: ReadonlySet<string>;
}

/**
 * Starts what can start ahead of the walk: probes when it comes into a chapter of the tree, reads when it comes near
 * them. Where the answer of a node is there already the walk goes on at once, and nothing is gained.
 */
const runAhead = (book: CatalogRunbook, runner: Runner, { steps, level, done }: Ahead) => {
  const entered = new Set<string>();
  const prefetch = (ids: readonly string[]) => runner.prefetch(ids.filter((id) => !done.has(id)));
  const isLooking = (name: string) => {
    const node = book.nodes[name];
    return node !== undefined && isStepNode(node) && runner.flights.get(node.step)?.result === undefined;
  };
  return (node: string) => {
    const chapter = chapterOf(node);
    if (!entered.has(chapter)) prefetch(probesAhead(book, steps, { level, chapter }));
    entered.add(chapter);
    if (!isLooking(node)) return;
    prefetch(readsAhead(book, steps, { level, node }));
    prefetch(probesMeanwhile(book, steps, { level, node }));
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
        live.runAhead = runAhead(runbook, live.runner, { steps: catalog.steps, level, done });
        live.runAhead(runbook.start);
        changed();
      },
    },
    signal,
  );
  deps.keeper.begin(ready);
  return ready;
};
