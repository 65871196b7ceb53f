import type { Finding } from '../domain/finding.js';
import type { AskNode, StepNode } from '../domain/runbook.js';
import { back, leadTo, type Predecessors, routes } from './routes.js';
import type { About } from './told.js';
import type { Consent, RunRequest, WalkContext, WalkEvent } from './walk-context.js';

const about = (name: string, { step }: StepNode): About => ({ node: name, check: step });
const tellFound = (name: string) => ({ type: 'tell found' as const, params: { node: name } });

/** The request of a node: the first run may be answered by a prefetch, every later one looks again. */
const requestOf =
  (name: string, node: StepNode, consent: Consent) =>
  ({ context }: { context: Pick<WalkContext, 'runs' | 'consents'> }): RunRequest => {
    const run = context.runs[name] ?? 1;
    const request = { ...about(name, node), run, fresh: node.fresh === true || run > 1 };
    if (consent === 'needless') return request;
    return { ...request, consented: consent === 'given' || context.consents[node.step] === true };
  };

const told = (name: string, { step }: StepNode, { given, source }: { given: boolean; source: 'flag' | 'prompt' }) => ({
  type: 'tell consent' as const,
  params: { node: name, check: step, given, source },
});

const replied = (name: string, node: StepNode, given: boolean) => ({
  target: 'running',
  actions: [
    { type: 'consent' as const, params: { check: node.step, given } },
    told(name, node, { given, source: 'prompt' }),
  ],
});

interface Now {
  readonly context: WalkContext;
  readonly event: WalkEvent;
}

const says =
  (answer: string) =>
  ({ event }: Now) =>
    event.type === 'ANSWER' && event.answer === answer;

/** Asks once for a step; who said no is asked again when it is to run again. */
const consenting = (name: string, node: StepNode) => ({
  tags: ['consenting' as const],
  always: [{ guard: ({ context }: Now) => context.consents[node.step] === true, target: 'running' }],
  on: {
    ANSWER: [
      { guard: says('yes'), ...replied(name, node, true) },
      { guard: says('no'), ...replied(name, node, false) },
    ],
    SKIP: replied(name, node, false),
  },
});

const running = (name: string, node: StepNode, consent: Consent) => ({
  tags: ['running' as const],
  entry: [
    ...(consent === 'given' ? [told(name, node, { given: true, source: 'flag' as const })] : []),
    { type: 'begin' as const, params: about(name, node) },
    { type: 'tell begun' as const, params: about(name, node) },
  ],
  invoke: {
    id: `check:${name}`,
    src: 'run step' as const,
    input: requestOf(name, node, consent),
    onDone: {
      target: 'found',
      actions: [
        { type: 'keep' as const, params: ({ event }: { event: { output: Finding } }) => event.output },
        tellFound(name),
      ],
    },
    onError: {
      target: 'found',
      actions: [
        {
          type: 'keep bug' as const,
          params: ({ event }: { event: { error: unknown } }) => ({ ...about(name, node), error: event.error }),
        },
        tellFound(name),
      ],
    },
  },
  on: {
    SKIP: { target: 'found', actions: [{ type: 'keep skip' as const, params: about(name, node) }, tellFound(name)] },
  },
});

const found = (name: string, node: StepNode) => ({
  tags: ['reviewing' as const],
  always: [{ guard: 'walks on' as const, target: 'leaving' }],
  on: {
    NEXT: { target: 'leaving' },
    OVERRIDE: {
      guard: { type: 'may choose' as const, params: { outcomes: [...Object.keys(node.on), 'otherwise'] } },
      target: 'leaving',
      actions: [
        { type: 'override' as const, params: { node: name } },
        { type: 'tell override' as const, params: { node: name } },
      ],
    },
  },
});

export const stepState = (
  predecessors: Predecessors,
  name: string,
  { node, consent }: { node: StepNode; consent: Consent },
) => {
  const first = consent === 'asked-for' ? 'consenting' : 'running';
  return {
    id: name,
    initial: first,
    entry: [{ type: 'enter' as const, params: { node: name } }],
    on: {
      BACK: back(predecessors, name),
      RERUN: { target: `.${first}`, actions: [{ type: 'tell rerun' as const, params: { node: name } }] },
    },
    states: {
      ...(consent === 'asked-for' ? { consenting: consenting(name, node) } : {}),
      running: running(name, node, consent),
      found: found(name, node),
      leaving: { always: routes(name, node) },
    },
  };
};

export const askState = (predecessors: Predecessors, name: string, node: AskNode) => ({
  id: name,
  tags: ['asking' as const],
  entry: [{ type: 'enter' as const, params: { node: name } }],
  on: {
    BACK: back(predecessors, name),
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
