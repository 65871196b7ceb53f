import { isStepNode, type Runbook, type Target } from '../domain/runbook.js';

type Tree = Pick<Runbook, 'start' | 'nodes'>;

const targetsOf = (book: Tree, name: string): Target[] => {
  const node = book.nodes[name];
  return node ? [...Object.values(node.on), node.otherwise] : [];
};

/** The nodes that a node leads to, each once. */
export const nextNodes = (book: Tree, name: string) => [
  ...new Set(
    targetsOf(book, name).filter(
      (target): target is string => typeof target === 'string' && Object.hasOwn(book.nodes, target),
    ),
  ),
];

/** Every node that some path visits. */
export const reachable = (book: Tree): ReadonlySet<string> => {
  const seen = new Set<string>();
  const open = [book.start];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    open.push(...nextNodes(book, name));
  }
  return seen;
};

/** A cycle that contains no question, or nothing: the walk could never leave it by itself. */
export const cycleWithoutQuestion = (book: Tree): string[] | undefined => {
  const done = new Set<string>();
  const visit = (name: string, trail: string[]): string[] | undefined => {
    const node = book.nodes[name];
    if (!node || !isStepNode(node) || done.has(name)) return undefined;
    if (trail.includes(name)) return [...trail.slice(trail.indexOf(name)), name];
    for (const next of nextNodes(book, name)) {
      const found = visit(next, [...trail, name]);
      if (found) return found;
    }
    done.add(name);
    return undefined;
  };
  for (const name of Object.keys(book.nodes)) {
    const found = visit(name, []);
    if (found) return found;
  }
  return undefined;
};

export interface Edge {
  readonly from: string;
  /** An outcome or an answer; `otherwise` takes what could not be looked at. */
  readonly by: string;
  readonly to: Target;
}

export const edges = (book: Tree): Edge[] =>
  Object.entries(book.nodes).flatMap(([from, node]) => [
    ...Object.entries(node.on).map(([by, to]) => ({ from, by, to })),
    { from, by: 'otherwise', to: node.otherwise },
  ]);

/**
 * Paths from the start that together use every edge: for each edge the shortest way to it, then on along
 * the shortest way to an end. The number grows with the edges, where "all simple paths" would explode.
 */
export const pathsOverAllEdges = (book: Tree): Edge[][] => {
  const all = edges(book);
  const byNode = Map.groupBy(all, (edge) => edge.from);
  const wayTo = new Map<string, Edge[]>([[book.start, []]]);
  for (const open = [book.start]; open.length > 0; ) {
    const name = open.shift() ?? '';
    for (const edge of byNode.get(name) ?? []) {
      if (typeof edge.to !== 'string' || wayTo.has(edge.to)) continue;
      wayTo.set(edge.to, [...(wayTo.get(name) ?? []), edge]);
      open.push(edge.to);
    }
  }
  return all
    .filter((edge) => wayTo.has(edge.from))
    .map((edge) => [
      ...(wayTo.get(edge.from) ?? []),
      edge,
      ...(typeof edge.to === 'string' ? wayOut(edge.to, byNode) : []),
    ]);
};

const wayOut = (start: string, byNode: ReadonlyMap<string, Edge[]>): Edge[] => {
  const seen = new Set([start]);
  const open: { at: string; way: Edge[] }[] = [{ at: start, way: [] }];
  for (let item = open.shift(); item; item = open.shift()) {
    for (const edge of byNode.get(item.at) ?? []) {
      const way = [...item.way, edge];
      if (typeof edge.to !== 'string') return way;
      if (seen.has(edge.to)) continue;
      seen.add(edge.to);
      open.push({ at: edge.to, way });
    }
  }
  return [];
};
