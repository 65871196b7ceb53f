import type { Finding } from '../domain/finding.js';
import {
  type AskNode,
  isStepNode,
  type Runbook,
  type RunbookNode,
  type StepNode,
  type Target,
} from '../domain/runbook.js';
import { nameOfTarget, type Surroundings, type WalkEvent, walkSetup } from './walk.js';

type Tree = Pick<Runbook, 'start' | 'nodes'>;

const stateOf = (target: Target) => (typeof target === 'string' ? `#${target}` : `#end ${nameOfTarget(target)}`);

/** The way to a target, with what has to be said and kept when it is taken. */
const leadTo = (from: string, outcome: string, target: Target) => ({
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

const predecessors = (tree: Tree, name: string) =>
  Object.entries(tree.nodes)
    .filter(([, node]) => [...Object.values(node.on), node.otherwise].includes(name))
    .map(([from, node]) => ({ from, target: isStepNode(node) ? `#${from}.found` : `#${from}` }));

const back = (tree: Tree, name: string) =>
  predecessors(tree, name).map(({ from, target }) => ({
    guard: { type: 'came from' as const, params: { node: from } },
    target,
    actions: ['step back' as const, { type: 'tell back' as const, params: { from: name, to: from } }],
  }));

const routes = (name: string, node: RunbookNode) => [
  ...Object.entries(node.on).map(([outcome, target]) => ({
    guard: { type: 'goes by' as const, params: { node: name, outcome } },
    ...leadTo(name, outcome, target),
  })),
  leadTo(name, 'otherwise', node.otherwise),
];

const stepState = (tree: Tree, name: string, node: StepNode) => {
  const about = { node: name, check: node.step };
  const tellFound = { type: 'tell found' as const, params: { node: name } };
  const invoke = {
    id: `check:${name}`,
    src: 'run step' as const,
    input: ({ context }: { context: { runs: Record<string, number> } }) => ({
      ...about,
      run: context.runs[name] ?? 1,
      fresh: node.fresh === true || (context.runs[name] ?? 1) > 1,
    }),
    onDone: {
      target: 'found',
      actions: [
        { type: 'keep' as const, params: ({ event }: { event: { output: Finding } }) => event.output },
        tellFound,
      ],
    },
    onError: {
      target: 'found',
      actions: [
        {
          type: 'keep bug' as const,
          params: ({ event }: { event: { error: unknown } }) => ({ ...about, error: event.error }),
        },
        tellFound,
      ],
    },
  };
  return {
    id: name,
    initial: 'running',
    entry: [{ type: 'enter' as const, params: { node: name } }],
    on: {
      BACK: back(tree, name),
      RERUN: { target: '.running', actions: [{ type: 'tell rerun' as const, params: { node: name } }] },
    },
    states: {
      running: {
        tags: ['running' as const],
        entry: [
          { type: 'begin' as const, params: about },
          { type: 'tell begun' as const, params: about },
        ],
        invoke,
        on: { SKIP: { target: 'found', actions: [{ type: 'keep skip' as const, params: about }, tellFound] } },
      },
      found: {
        tags: ['reviewing' as const],
        always: [{ guard: 'walks on' as const, target: 'leaving' }],
        on: {
          NEXT: { target: 'leaving' },
          OVERRIDE: {
            guard: { type: 'may choose' as const, params: { outcomes: Object.keys(node.on) } },
            target: 'leaving',
            actions: [
              { type: 'override' as const, params: { node: name } },
              { type: 'tell override' as const, params: { node: name } },
            ],
          },
        },
      },
      leaving: { always: routes(name, node) },
    },
  };
};

const askState = (tree: Tree, name: string, node: AskNode) => ({
  id: name,
  tags: ['asking' as const],
  entry: [{ type: 'enter' as const, params: { node: name } }],
  on: {
    BACK: back(tree, name),
    SKIP: leadTo(name, 'otherwise', node.otherwise),
    ANSWER: Object.entries(node.on).map(([answer, target]) => {
      const lead = leadTo(name, answer, target);
      return {
        ...lead,
        guard: ({ event }: { event: WalkEvent }) => event.type === 'ANSWER' && event.answer === answer,
        actions: [
          { type: 'answer' as const, params: { node: name, answer, offered: Object.keys(node.on) } },
          ...lead.actions,
        ],
      };
    }),
  },
});

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
  const states = Object.fromEntries(
    Object.entries(tree.nodes).map(([name, node]) => [
      name,
      isStepNode(node) ? stepState(tree, name, node) : askState(tree, name, node),
    ]),
  );
  const base = walkSetup(surroundings);
  return base.createMachine({
    id: 'walk',
    initial: tree.start,
    context: ({ input }) => ({
      pace: input.pace,
      paused: false,
      path: [],
      runs: {},
      findings: {},
      chosen: {},
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
