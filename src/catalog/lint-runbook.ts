import { isStepNode, type Runbook, type RunbookNode, type Target } from '../domain/runbook.js';
import type { CatalogStep } from './catalog.js';
import { cycleWithoutQuestion, reachable } from './paths.js';
import type { Problem } from './problem.js';
import { unknownName } from './unknown-name.js';

type At = (path: readonly PropertyKey[], message: string) => Problem;
/** What exists, by name: also what lies in a file that cannot be read, for that is one mistake and not many. */
export interface Known {
  readonly steps: Readonly<Record<string, Pick<CatalogStep, 'step'>>>;
  readonly causes: Readonly<Record<string, unknown>>;
  readonly runbooks: Readonly<Record<string, Pick<Runbook, 'flow'> | undefined>>;
}

/** A book that goes on with the same flow has to be able to. */
const lintHandover = (
  { flow }: Runbook,
  { runbook, flow: moved }: Extract<Target, { runbook: string }>,
  known: Known,
) => {
  const next = known.runbooks[runbook]?.flow;
  if (!next || moved !== 'same') return undefined;
  const unfit = [
    ...flow.from.filter((kind) => !next.from.includes(kind)),
    ...flow.to.filter((kind) => !next.to.includes(kind)),
  ];
  return unfit.length === 0 ? undefined : `The runbook "${runbook}" cannot go on with every flow: ${unfit.join(', ')}.`;
};

const lintTarget = (target: Target, book: Runbook, known: Known): string | undefined => {
  if (typeof target === 'string') return unknownName('There is no node', target, book.nodes);
  if ('cause' in target) return unknownName('There is no cause', target.cause, known.causes);
  if ('runbook' in target)
    return unknownName('There is no runbook', target.runbook, known.runbooks) ?? lintHandover(book, target, known);
  return undefined;
};

const declaredBy = (node: RunbookNode, { steps }: Known) =>
  isStepNode(node) ? (steps[node.step]?.step.outcomes ?? {}) : node.answers;

const lintRoutes = (node: RunbookNode, known: Known, at: At): Problem[] => {
  const declared = declaredBy(node, known);
  const word = isStepNode(node) ? 'outcome' : 'answer';
  const owner = isStepNode(node) ? `step "${node.step}"` : 'question';
  return [
    ...Object.keys(node.on).flatMap((route) => {
      const message = unknownName(`The ${owner} has no ${word}`, route, declared);
      return message ? [at(['on', route], message)] : [];
    }),
    ...Object.keys(declared)
      .filter((name) => !Object.hasOwn(node.on, name))
      .map((name) => at(['on'], `The ${word} "${name}" of the ${owner} leads nowhere.`)),
  ];
};

/** A flow that goes where its step cannot look skips the step, so that it never leaves it by an outcome. */
const onlyWhereItLooks = (node: RunbookNode, book: Runbook, { steps }: Known): Runbook => {
  const step = isStepNode(node) ? steps[node.step]?.step : undefined;
  const { flow } = book;
  return step ? { ...book, flow: { ...flow, to: flow.to.filter((kind) => step.to.includes(kind)) } } : book;
};

const lintTargets = (node: RunbookNode, book: Runbook, { known, at }: { known: Known; at: At }): Problem[] =>
  [
    ...Object.entries(node.on).map(([name, target]) => ({
      ...{ path: ['on', name], target },
      walked: onlyWhereItLooks(node, book, known),
    })),
    { path: ['otherwise'], target: node.otherwise, walked: book },
  ].flatMap(({ path, target, walked }) => {
    const message = lintTarget(target, walked, known);
    return message ? [at(path, message)] : [];
  });

/** What starts meanwhile is a step like any other, and none that wants a yes of its own. */
const lintMeanwhile = (node: RunbookNode, { nodes }: Runbook, { known, at }: { known: Known; at: At }): Problem[] =>
  (isStepNode(node) ? (node.meanwhile ?? []) : []).flatMap((name) => {
    const other = nodes[name];
    const cost = other && isStepNode(other) ? known.steps[other.step]?.step.cost : undefined;
    const message =
      unknownName('There is no node', name, nodes) ??
      (cost === undefined || cost === 3 ? `Nothing that can start by itself is looked at in "${name}".` : undefined);
    return message ? [at(['meanwhile'], message)] : [];
  });

/** Names become states of a machine, where a dot or a hash would mean something else. */
const lintName = (name: string, at: At): Problem[] =>
  /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)
    ? []
    : [at([], `"${name}" is no name for a node: small letters, digits and hyphens.`)];

const lintNode = (name: string, book: Runbook, { known, at }: { known: Known; at: At }): Problem[] => {
  const node = book.nodes[name];
  if (!node) return [];
  const here: At = (path, message) => at(['nodes', name, ...path], message);
  const unknownStep = isStepNode(node) ? unknownName('There is no step', node.step, known.steps) : undefined;
  return [
    ...lintName(name, here),
    ...(unknownStep ? [here(['step'], unknownStep)] : lintRoutes(node, known, here)),
    ...lintTargets(node, book, { known, at: here }),
    ...lintMeanwhile(node, book, { known, at: here }),
  ];
};

/** Checks that a schema cannot make: names, routes, dead ends, and cycles that nobody could leave. */
export const lintRunbook = (book: Runbook, known: Known, at: At): Problem[] => {
  const names = Object.keys(book.nodes);
  const problems = names.flatMap((name) => lintNode(name, book, { known, at }));
  const noStart = unknownName('There is no node', book.start, book.nodes);
  if (noStart) return [...problems, at(['start'], noStart)];
  const seen = reachable(book);
  const cycle = cycleWithoutQuestion(book);
  return [
    ...problems,
    ...names.filter((name) => !seen.has(name)).map((name) => at(['nodes', name], 'No path leads here.')),
    ...(cycle
      ? [
          at(
            ['nodes', cycle[0] ?? ''],
            `The walk would go round for ever: ${cycle.join(' -> ')}. A cycle needs a question in it.`,
          ),
        ]
      : []),
  ];
};
