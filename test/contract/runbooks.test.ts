import { describe, expect, it } from 'vitest';
import { createActor, fromPromise, toPromise } from 'xstate';
import { find } from '../../src/catalog/find.js';
import { load } from '../../src/catalog/load.js';
import { type Edge, edges, pathsOverAllEdges, reachable } from '../../src/catalog/paths.js';
import { writeProblem } from '../../src/catalog/problem.js';
import type { Finding } from '../../src/domain/finding.js';
import { isStepNode } from '../../src/domain/runbook.js';
import { compile } from '../../src/machines/compile.js';
import { nameOfTarget } from '../../src/machines/walk.js';
import type { RunRequest } from '../../src/machines/walk-context.js';

const { catalog, problems } = load(await find());
const runbooks = Object.values(catalog.runbooks);

const stageOf = (id: string) => catalog.steps[id]?.step.stage ?? 'service';

/** A finding that sends the walk along `by`; what could not be looked at takes `otherwise`. */
const findingFor = ({ node, check, run }: RunRequest, by: string): Finding => ({
  ...{ node, check, run, stage: stageOf(check), facts: {}, evidence: [], durationMs: 0, by: 'auto' },
  ...(by === 'otherwise'
    ? { outcome: 'timeout', result: 'error', reason: { code: 'timeout', detail: '' } }
    : { outcome: by, result: catalog.steps[check]?.step.outcomes[by] ?? 'error' }),
});

/**
 * Walks the compiled runbook along paths, with nothing but their outcomes. The machine is made once: that of a tree with
 * other trees behind it has thousands of transitions.
 */
const walker = (compiled: ReturnType<typeof compile>) => {
  let script: Edge[] = [];
  let strayed: string[] = [];
  const take = (node: string) => {
    const edge = script.shift();
    if (edge?.from !== node) strayed.push(`${node} instead of ${edge?.from}`);
    return edge?.by ?? 'otherwise';
  };
  const machine = compiled.provide({
    actors: {
      'run step': fromPromise(({ input }: { input: RunRequest }) =>
        Promise.resolve(findingFor(input, take(input.node))),
      ),
    },
  });
  return async (path: readonly Edge[]) => {
    script = [...path];
    strayed = [];
    const actor = createActor(machine, { input: { pace: 'auto' } });
    actor.subscribe((state) => {
      if (!state.hasTag('asking')) return;
      queueMicrotask(() => {
        const answer = take(state.context.path.at(-1) ?? '');
        actor.send(answer === 'otherwise' ? { type: 'SKIP' } : { type: 'ANSWER', answer });
      });
    });
    actor.start();
    const { ended, path: visited } = await toPromise(actor);
    return { ended, visited, strayed, left: script };
  };
};

/** What a linked book brings along is walked where that book is walked itself. */
const isOwn = ({ from }: Edge) => !from.includes('--');

it('nothing in the catalog has a mistake', () => expect(problems.map(writeProblem)).toEqual([]));

describe.each(runbooks)('$id', (book) => {
  it('routes every outcome of every step, and what could not be looked at', () => {
    const missing = Object.entries(book.nodes).flatMap(([name, node]) => {
      const declared = isStepNode(node) ? catalog.steps[node.step]?.step.outcomes : node.answers;
      return Object.keys(declared ?? {})
        .filter((outcome) => !Object.hasOwn(node.on, outcome))
        .map((outcome) => `${name}: ${outcome}`);
    });
    expect(missing).toEqual([]);
    expect(Object.values(book.nodes).every(({ otherwise }) => otherwise !== undefined)).toBe(true);
  });

  it('has no node that no path reaches', () => {
    expect([...reachable(book)].length).toBe(Object.keys(book.nodes).length);
  });

  it('fits the ends of every step it needs from the start', () => {
    const start = book.nodes[book.start];
    const step = start && isStepNode(start) ? catalog.steps[start.step]?.step : undefined;
    const walked = book.flow.from.filter((kind) => kind !== 'workload');
    if (step) expect(walked.every((kind) => step.from.includes(kind))).toBe(true);
    if (step) expect(book.flow.to.every((kind) => step.to.includes(kind))).toBe(true);
  });

  it('walks every edge and ends where the data says', { timeout: 60_000 }, async () => {
    const paths = pathsOverAllEdges(book);
    const walk = walker(compile(book, { stageOf, consentTo: () => 'needless', limitOf: () => 1 }));
    const walkedEdges = new Set<string>();
    for (const path of paths) {
      if (!path.some((edge) => isOwn(edge) && !walkedEdges.has(`${edge.from} ${edge.by}`))) continue;
      const { ended, visited, strayed, left } = await walk(path);
      const end = path.at(-1)?.to ?? '';
      expect(strayed).toEqual([]);
      expect(left).toEqual([]);
      expect(visited).toEqual(path.map(({ from }) => from));
      expect(typeof end).not.toBe('string');
      expect(ended && nameOfTarget(ended)).toBe(nameOfTarget(end));
      for (const { from, by } of path) walkedEdges.add(`${from} ${by}`);
    }
    expect(edges(book).filter((edge) => isOwn(edge) && !walkedEdges.has(`${edge.from} ${edge.by}`))).toEqual([]);
  });
});
