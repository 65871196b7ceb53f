import type { Catalog } from '../catalog/catalog.js';
import { chapterOf } from '../catalog/link.js';
import { nextNodes, reachable } from '../catalog/paths.js';
import { type Level, permits } from '../domain/level.js';
import { isStepNode, type Runbook } from '../domain/runbook.js';

type Tree = Pick<Runbook, 'start' | 'nodes'>;

const stepsAt = (book: Tree, names: readonly string[], fits: (id: string) => boolean): string[] => {
  const ids = names.flatMap((name) => {
    const node = book.nodes[name];
    return node && isStepNode(node) ? [node.step] : [];
  });
  return [...new Set(ids)].filter(fits);
};

const costing =
  (steps: Catalog['steps'], costs: readonly number[], level: Level) =>
  (id: string): boolean => {
    const step = steps[id]?.step;
    return step !== undefined && costs.includes(step.cost) && permits(level, step.level);
  };

/**
 * Cheap probes within the level that some path of the runbook visits, in the order it names them: they wait for their
 * timeouts together. Of a tree that goes on into other books only those of one chapter: most walks end before they
 * come to the next.
 */
export const probesAhead = (
  book: Tree,
  steps: Catalog['steps'],
  { level, chapter = '' }: { level: Level; chapter?: string },
): string[] => {
  const seen = reachable(book);
  const names = Object.keys(book.nodes).filter((name) => chapterOf(name) === chapter && seen.has(name));
  return stepsAt(book, names, costing(steps, [1], level));
};

/**
 * What only reads objects at this node and those that it leads to. A read is quick and a request each: those that are
 * far away are left until the walk comes near them, since mostly it never does.
 */
export const readsAhead = (
  book: Tree,
  steps: Catalog['steps'],
  { level, node }: { level: Level; node: string },
): string[] => {
  const near = nextNodes(book, node).filter((name) => chapterOf(name) === chapterOf(node));
  return stepsAt(book, [node, ...near], costing(steps, [0], level));
};

/** What the runbook says of this node: what is worth waiting for at the same time, though it is not cheap. */
export const probesMeanwhile = (
  book: Tree,
  steps: Catalog['steps'],
  { level, node }: { level: Level; node: string },
): string[] => {
  const here = book.nodes[node];
  const names = here && isStepNode(here) ? (here.meanwhile ?? []) : [];
  return stepsAt(book, names, costing(steps, [0, 1, 2], level));
};
