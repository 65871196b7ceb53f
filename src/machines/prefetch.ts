import type { Catalog } from '../catalog/catalog.js';
import { chapterOf } from '../catalog/link.js';
import { reachable } from '../catalog/paths.js';
import { type Level, permits } from '../domain/level.js';
import { isStepNode, type Runbook } from '../domain/runbook.js';

/**
 * Steps of cost 0 and 1 within the level that some path of the runbook visits, in the order it names them. Of a tree
 * that goes on into other books only those of one chapter: most walks end before they come to the next.
 */
export const prefetchable = (
  book: Pick<Runbook, 'start' | 'nodes'>,
  steps: Catalog['steps'],
  { level, chapter = '' }: { level: Level; chapter?: string },
): string[] => {
  const seen = reachable(book);
  const ids = Object.entries(book.nodes).flatMap(([name, node]) =>
    chapterOf(name) === chapter && seen.has(name) && isStepNode(node) ? [node.step] : [],
  );
  return [...new Set(ids)].filter((id) => {
    const step = steps[id]?.step;
    return step !== undefined && step.cost <= 1 && permits(level, step.level);
  });
};
