import { isStepNode } from '../domain/runbook.js';
import { askState, stepState } from './node-state.js';
import { predecessorsIn, type Tree } from './routes.js';
import { nameOfTarget, walkSetup } from './walk.js';
import type { Surroundings } from './walk-context.js';

const endStates = (tree: Tree) => {
  const targets = Object.values(tree.nodes).flatMap((node) => [...Object.values(node.on), node.otherwise]);
  const names = targets.filter((target) => typeof target !== 'string').map(nameOfTarget);
  return Object.fromEntries(
    [...new Set(names)].map((name) => [`end ${name}`, { id: `end ${name}`, type: 'final' as const }]),
  );
};

/**
 * A runbook as a machine: one state per node, one final state per conclusion. It knows no step and no port;
 * what to run is the actor `run step`, handed in through `surroundings`.
 */
export const compile = (tree: Tree, surroundings: Surroundings) => {
  const predecessors = predecessorsIn(tree);
  const states = Object.fromEntries(
    Object.entries(tree.nodes).map(([name, node]) => [
      name,
      isStepNode(node)
        ? stepState(predecessors, name, { node, consent: surroundings.consentTo(node.step) })
        : askState(predecessors, name, node),
    ]),
  );
  const base = walkSetup(surroundings);
  return base.createMachine({
    // No node can have this name, and ids must not meet.
    id: '(walk)',
    initial: tree.start,
    context: ({ input }) => ({
      pace: input.pace,
      paused: false,
      path: [],
      runs: {},
      findings: {},
      chosen: {},
      consents: {},
      ended: null,
    }),
    on: {
      PAUSE: { guard: 'not paused', actions: ['pause', 'tell paused'] },
      RESUME: { actions: 'unpause' },
      PACE: { actions: 'set pace' },
    },
    output: ({ context }) => ({ ended: context.ended, findings: context.findings, path: context.path }),
    // The states are built from data, so their names are not known to the compiler.
    states: { ...states, ...endStates(tree) } as unknown as Record<string, object>,
  });
};
