import type { Catalog, CatalogRunbook } from '../catalog/catalog.js';
import { isStepNode, type RunbookNode, type Target } from '../domain/runbook.js';

/** The way on when nothing is wrong here; without such an outcome, the way taken when it could not be looked at. */
const straightOn = (node: RunbookNode, catalog: Catalog): Target => {
  if (!isStepNode(node)) return node.otherwise;
  const outcomes = catalog.steps[node.step]?.step.outcomes ?? {};
  const sound = Object.keys(node.on).find((outcome) => outcomes[outcome] === 'pass');
  return (sound === undefined ? undefined : node.on[sound]) ?? node.otherwise;
};

/** The nodes after `name`, as far as the tree can be foreseen. */
export const ahead = (book: CatalogRunbook | null, catalog: Catalog, name: string): string[] => {
  const way: string[] = [];
  for (let node = book?.nodes[name]; node; ) {
    const target = straightOn(node, catalog);
    if (typeof target !== 'string' || target === name || way.includes(target)) break;
    way.push(target);
    node = book?.nodes[target];
  }
  return way;
};
