import { z } from 'zod';
import type { Catalog, CatalogRunbook } from '../../src/catalog/catalog.js';
import { causeSchema } from '../../src/domain/cause.js';
import { flowBetween, readEnd } from '../../src/domain/ends.js';
import type { Happening, JournalEvent } from '../../src/domain/journal.js';
import type { World } from '../../src/domain/ports.js';
import { defineQuery } from '../../src/domain/query.js';
import { runbookSchema } from '../../src/domain/runbook.js';
import { type AnyStep, anyEnd, defineStep } from '../../src/domain/step.js';
import { stepTextSchema } from '../../src/domain/text.js';
import { createSession, type Session } from '../../src/machines/drive.js';
import type { SessionLook } from '../../src/machines/look.js';
import type { Ready } from '../../src/machines/preflight.js';
import type { SessionDeps } from '../../src/machines/session-deps.js';
import type { WalkEvent } from '../../src/machines/walk-context.js';
import { portsFor } from '../../src/ports/step-ports.js';
import { weigh } from '../../src/verdict/weigh.js';
import { fakeWorld, ran } from '../support/fake-world.js';

export const toCart = flowBetween(readEnd('pod/shop/checkout', 'shop'), readEnd('svc/shop/cart:80', 'shop'));

export const knock = defineQuery({
  name: 'knock',
  where: 'pod',
  level: 'probe',
  limit: 5,
  args: z.strictObject({ host: z.string() }),
  variants: [{ tool: 'nc', argv: ({ host }) => ['nc', '-z', host, '80'] }],
  parse: ({ exitCode }) => ({ open: exitCode === 0 }),
});

const exists = z.object({ found: z.boolean() });
const serviceExists = defineStep({
  stage: 'service',
  level: 'observe',
  cost: 0,
  reads: ['services'],
  runs: [],
  from: anyEnd,
  to: ['service'],
  evidence: exists,
  outcomes: { exists: 'pass', missing: 'fail' },
  collect: async ({ kube }, { to }) => ({ found: (await kube.get('services', to)) !== undefined }),
  interpret: ({ found }) => ({ outcome: found ? 'exists' : 'missing' }),
});

const hasEndpoints = defineStep({
  stage: 'service',
  level: 'observe',
  cost: 0,
  reads: ['endpointslices'],
  runs: [],
  from: anyEnd,
  to: ['service'],
  evidence: z.object({ total: z.int() }),
  outcomes: { some: 'pass', none: 'fail' },
  collect: async ({ kube }, { to }) => {
    const slices = await kube.list('endpointslices', { namespace: to.namespace });
    return { total: slices.flatMap(({ endpoints }) => endpoints ?? []).length };
  },
  interpret: ({ total }) => ({ outcome: total > 0 ? 'some' : 'none', facts: { total } }),
});

const answers = defineStep({
  stage: 'connectivity',
  level: 'probe',
  cost: 1,
  reads: [],
  runs: [knock],
  from: ['pod'],
  to: ['service'],
  evidence: z.object({ open: z.boolean() }),
  outcomes: { answers: 'pass', refused: 'fail' },
  collect: async (ports, { from, to }) => ports.pod(from).run(knock, { host: to.name }),
  interpret: ({ open }) => ({ outcome: open ? 'answers' : 'refused' }),
});

const words = {
  title: 'Cart',
  question: 'Is it?',
  why: 'It has to.',
  outcomes: {},
  'by-hand': 'kubectl get service cart',
};
const text = stepTextSchema.parse({ en: words, 'zh-CN': words });
const phrase = { en: 'Cart', 'zh-CN': '购物车' };

const cause = (proves: Record<string, string>) =>
  causeSchema.parse({
    title: phrase,
    stage: 'service',
    statement: phrase,
    subject: 'Service {service}',
    hop: 'service',
    proves: [proves],
  });

const book = (id: string, more: object): CatalogRunbook => ({
  id,
  sha256: 'ab'.repeat(32),
  ...runbookSchema.parse({ title: phrase, hint: phrase, flow: { from: ['pod'], to: ['service'] }, ...more }),
});

export const cartSilent = book('cart-silent', {
  start: 'service',
  nodes: {
    service: {
      step: 'service-exists',
      on: { exists: 'endpoints', missing: { cause: 'SVC-09' } },
      otherwise: 'endpoints',
    },
    endpoints: { step: 'has-endpoints', on: { some: 'since', none: { cause: 'SVC-01' } }, otherwise: 'since' },
    since: {
      ask: phrase,
      answers: { tonight: phrase, always: phrase },
      on: { tonight: 'address', always: { inconclusive: null } },
      otherwise: 'address',
    },
    address: {
      step: 'cart-answers',
      on: { answers: 'last-look', refused: { cause: 'KP-01' } },
      otherwise: 'last-look',
    },
    'last-look': {
      step: 'service-exists',
      fresh: true,
      on: { exists: { healthy: null }, missing: { cause: 'SVC-09' } },
      otherwise: { inconclusive: null },
    },
  },
});

export const catalogOf = (steps: Record<string, AnyStep> = {}): Catalog => ({
  steps: Object.fromEntries(
    Object.entries<AnyStep>({
      'service-exists': serviceExists,
      'has-endpoints': hasEndpoints,
      // A step that reads nothing has ports without any method, which no step of unknown shape has.
      'cart-answers': answers as unknown as AnyStep,
      ...steps,
    }).map(([id, step]) => [id, { id, step, text }]),
  ),
  causes: {
    'SVC-09': cause({ 'service-exists': 'missing' }),
    'SVC-01': cause({ 'has-endpoints': 'none' }),
    'KP-01': cause({ 'cart-answers': 'refused' }),
  },
  elimination: {
    'cart-answers': { title: phrase, when: { 'cart-answers': 'answers' }, keeps: [], symptom: false, healthy: true },
  },
  runbooks: { 'cart-silent': cartSilent },
  phrases: {},
});

const cart = { metadata: { namespace: 'shop', name: 'cart' } };
export const slice = { metadata: { namespace: 'shop', name: 'cart-x' }, endpoints: [{ addresses: ['10.244.1.7'] }] };

export const shopWorld = (more: Parameters<typeof fakeWorld>[1] = {}, objects: Parameters<typeof fakeWorld>[0] = {}) =>
  fakeWorld(
    { services: [cart], endpointslices: [slice], ...objects },
    { pod: () => ran('', { exitCode: 1 }), ...more },
  );

export interface Told {
  readonly happenings: Happening[];
  readonly proofs: string[];
  ready?: Ready;
}

/** A session over a world, with a list in place of the journal. */
export const open = (changes: Partial<SessionDeps> & { world?: World } = {}) => {
  const { world = shopWorld(), ...deps } = changes;
  const catalog = deps.catalog ?? catalogOf();
  const told: Told = { happenings: [], proofs: [] };
  const stopping = new AbortController();
  const session = createSession({
    catalog,
    connect: async () => world,
    ports: (step, over, touch) => portsFor(step, over, touch),
    judge: ({ findings, ended }) =>
      weigh({
        findings,
        causes: catalog.causes,
        elimination: catalog.elimination,
        ...(ended === 'stopped' || 'runbook' in ended ? {} : { conclusion: ended }),
        stagesBuilt: ['service', 'connectivity'],
        flowWords: { service: 'cart' },
      }),
    keeper: {
      begin: (ready) => {
        told.ready = ready;
      },
      record: (happening) => void told.happenings.push(happening),
      proof: (id) => void told.proofs.push(id),
    },
    asked: toCart,
    consentQuestion: () => ({ ask: phrase, answers: { no: phrase, yes: phrase } }),
    level: 'probe',
    pace: 'auto',
    limits: {},
    signal: stopping.signal,
    ...deps,
  });
  return { session, told, world, stop: () => stopping.abort() };
};

/** Resolves with the first look for which `is` holds; the session tells of every change. */
export const seen = (session: Session, is: (look: SessionLook) => boolean): Promise<SessionLook> =>
  new Promise((resolve) => {
    const look = () => {
      if (!is(session.look())) return;
      unsubscribe();
      resolve(session.look());
    };
    const unsubscribe = session.subscribe(look);
    look();
  });

/** What somebody at the keys does at a finding or a question; nothing where it is not their turn. */
export type Operator = (look: SessionLook) => WalkEvent | undefined;

export const unattended: Operator = ({ asking, reviewing }) => {
  if (asking) return { type: 'SKIP' };
  return reviewing ? { type: 'NEXT' } : undefined;
};

/** Starts the session and walks it to its end. */
export const walked = async (session: Session, operator: Operator = unattended): Promise<SessionLook> => {
  const act = () =>
    queueMicrotask(() => {
      const event = operator(session.look());
      if (event) session.send(event);
    });
  const stopActing = session.subscribe(act);
  session.start();
  const end = await seen(session, ({ phase, failure }) => phase === 'judged' || phase === 'over' || failure !== null);
  stopActing();
  return end;
};

/** What was told, as the journal of an earlier process gives it back. */
export const journal = (happenings: readonly Happening[]) => happenings as readonly JournalEvent[];
