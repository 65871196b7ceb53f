import { isStepNode, type Runbook, type RunbookNode, type Target } from '../domain/runbook.js';
import { nameOfTarget } from './walk.js';

export type Tree = Pick<Runbook, 'start' | 'nodes'>;

const stateOf = (target: Target) => (typeof target === 'string' ? `#${target}` : `#end ${nameOfTarget(target)}`);

/** The way to a target, with what has to be said and kept when it is taken. */
export const leadTo = (from: string, outcome: string, target: Target) => ({
  target: stateOf(target),
  actions: [
    { type: 'decide' as const, params: { from, to: nameOfTarget(target), outcome } },
    ...(typeof target === 'string'
      ? []
      : [
          { type: 'conclude' as const, params: { node: from, target } },
          { type: 'tell concluded' as const, params: { node: from, target } },
        ]),
  ],
});

interface Predecessor {
  readonly from: string;
  readonly target: string;
}

/** For each node those that lead to it, in the order of the tree. */
export type Predecessors = ReadonlyMap<string, readonly Predecessor[]>;

export const predecessorsIn = (tree: Tree): Predecessors => {
  const all = new Map<string, Predecessor[]>();
  for (const [from, node] of Object.entries(tree.nodes)) {
    const way = { from, target: isStepNode(node) ? `#${from}.found` : `#${from}` };
    for (const name of new Set([...Object.values(node.on), node.otherwise]))
      if (typeof name === 'string') all.set(name, [...(all.get(name) ?? []), way]);
  }
  return all;
};

export const back = (predecessors: Predecessors, name: string) =>
  (predecessors.get(name) ?? []).map(({ from, target }) => ({
    guard: { type: 'came from' as const, params: { node: from } },
    target,
    actions: ['step back' as const, { type: 'tell back' as const, params: { from: name, to: from } }],
  }));

export const routes = (name: string, node: RunbookNode) => [
  ...Object.entries(node.on).map(([outcome, target]) => ({
    guard: { type: 'goes by' as const, params: { node: name, outcome } },
    ...leadTo(name, outcome, target),
  })),
  leadTo(name, 'otherwise', node.otherwise),
];
