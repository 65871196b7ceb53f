import { isStepNode, type Runbook, type RunbookNode, type Target } from '../domain/runbook.js';
import type { Catalog } from './catalog.js';
import { cycleWithoutQuestion, reachable, targetsOf } from './paths.js';
import type { Problem } from './problem.js';

type At = (path: readonly PropertyKey[], message: string) => Problem;
export type Known = Pick<Catalog, 'steps' | 'causes'> & { readonly runbooks: Readonly<Record<string, unknown>> };

const lintTarget = (target: Target, book: Runbook, known: Known): string | undefined => {
  if (typeof target === 'string') return target in book.nodes ? undefined : `There is no node "${target}".`;
  if ('cause' in target) return target.cause in known.causes ? undefined : `There is no cause "${target.cause}".`;
  if ('runbook' in target) return target.runbook in known.runbooks ? undefined : `There is no runbook "${target.runbook}".`;
  return undefined;
};

const lintOutcomes = (node: RunbookNode, known: Known): { wrong: string[]; missing: string[] } => {
  const declared = isStepNode(node) ? Object.keys(known.steps[node.step]?.step.outcomes ?? {}) : Object.keys(node.answers);
  const routed = Object.keys(node.on);
  return {
    wrong: routed.filter((outcome) => !declared.includes(outcome)),
    missing: declared.filter((outcome) => !routed.includes(outcome)),
  };
};

const lintNode = (name: string, book: Runbook, { known, at }: { known: Known; at: At }): Problem[] => {
  const node = book.nodes[name];
  if (!node) return [];
  if (isStepNode(node) && !(node.step in known.steps)) return [at(['nodes', name, 'step'], `There is no step "${node.step}".`)];
  const asked = isStepNode(node) ? `step "${node.step}"` : 'question';
  const { wrong, missing } = lintOutcomes(node, known);
  const targets = [...Object.entries(node.on).map(([outcome, target]) => ['on', outcome, target] as const), ['otherwise', '', node.otherwise] as const];
  return [
    ...wrong.map((outcome) => at(['nodes', name, 'on', outcome], `The ${asked} has no outcome "${outcome}".`)),
    ...missing.map((outcome) => at(['nodes', name, 'on'], `The outcome "${outcome}" of the ${asked} leads nowhere.`)),
    ...targets.flatMap(([key, outcome, target]) => {
      const message = lintTarget(target, book, known);
      return message ? [at(['nodes', name, key, ...(outcome ? [outcome] : [])], message)] : [];
    }),
  ];
};

/** Checks that a schema cannot make: names, routes, dead ends, and cycles that nobody could leave. */
export const lintRunbook = (book: Runbook, known: Known, at: At): Problem[] => {
  const names = Object.keys(book.nodes);
  const problems = names.flatMap((name) => lintNode(name, book, { known, at }));
  if (!(book.start in book.nodes)) return [...problems, at(['start'], `There is no node "${book.start}".`)];
  const seen = reachable(book);
  const cycle = cycleWithoutQuestion(book);
  return [
    ...problems,
    ...names.filter((name) => !seen.has(name)).map((name) => at(['nodes', name], 'No path leads here.')),
    ...(cycle ? [at(['nodes', cycle[0] ?? ''], `The walk would go round for ever: ${cycle.join(' -> ')}. A cycle needs a question in it.`)] : []),
    ...names.filter((name) => targetsOf(book, name).length === 0).map((name) => at(['nodes', name], 'Nothing follows.')),
  ];
};
