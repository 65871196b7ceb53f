import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '../../src/domain/finding.js';
import type { EventData, Happening, SessionHeader } from '../../src/domain/journal.js';
import type { Verdict } from '../../src/domain/verdict.js';
import { type JournalOptions, openJournal } from '../../src/journal/append.js';
import { storeEvidence } from '../../src/journal/bundle.js';
import { foldJournal } from '../../src/journal/fold.js';
import { createSession } from '../../src/journal/folder.js';
import { readJournal } from '../../src/journal/read.js';

const start = Date.UTC(2026, 10, 21, 2, 14, 4);

/** A clock that goes on by itself: each look is 250 ms later than the last. */
export const steadyClock = () => {
  let ticks = 0;
  return { clock: { now: () => start + 250 * ticks++ }, mono: () => 250 * ticks };
};

/** Options of a journal whose process is the only one alive. */
export const journalOptions = (changes: Partial<JournalOptions> = {}): JournalOptions => ({
  ...steadyClock(),
  redact: (value) => value,
  self: { pid: 4711, isAlive: (pid) => pid === 4711 },
  ...changes,
});

export const stateDir = () => mkdtempSync(join(tmpdir(), 'net-triage-state-'));

const flow: SessionHeader['flow'] = {
  from: { kind: 'pod', namespace: 'shop', name: 'web-7d4b9c' },
  to: { kind: 'service', namespace: 'shop', name: 'cart', port: 80 },
  protocol: 'TCP',
  port: 80,
};

export const cartHeader = (changes: Partial<SessionHeader> = {}): SessionHeader => ({
  schema: 'net-triage/journal/v1',
  session_id: '20261121T021404Z-cart',
  mode: 'live',
  tool: { version: '0.1.0' },
  tree: { id: 'service-unreachable', sha256: 'ab'.repeat(32) },
  started_at: '2026-11-21T02:14:04.000Z',
  tz: 'Europe/Berlin',
  utc_offset: '+01:00',
  clock_skew_ms: 120,
  operator: { os_user: 'mira', k8s_user: 'mira@example.com', as: null },
  target: {
    context: 'prod-eu-1',
    cluster: 'prod-eu-1',
    api_host: 'eu1.example',
    k8s_version: 'v1.35.0',
    namespaces: ['shop'],
    marked: true,
  },
  access: { level: 'observe', allowed: ['list services', 'list endpointslices'], denied: ['create pods/exec'] },
  incident: { id: 'INC-4711', reason: 'checkout answers 502' },
  flow,
  asked: { ...flow, from: { kind: 'workload', of: 'deployments', namespace: 'shop', name: 'web' } },
  redaction: { profile: 'default', rules_sha256: 'cd'.repeat(32) },
  locale: 'en',
  argv: ['run', '--from', 'deploy/shop/web', '--to', 'svc/shop/cart:80'],
  ...changes,
});

const finding = (changes: Pick<Finding, 'check' | 'node' | 'outcome' | 'result'> & Partial<Finding>): Finding => ({
  run: 1,
  stage: 'service',
  facts: {},
  evidence: [`${changes.node}.1`],
  durationMs: 180,
  by: 'auto',
  ...changes,
});

export const cartFindings: readonly Finding[] = [
  finding({
    check: 'pod-is-ready',
    node: 'source',
    stage: 'pod',
    outcome: 'ready',
    result: 'pass',
    facts: { pod: 'web-7d4b9c' },
  }),
  finding({
    check: 'service-has-ready-endpoints',
    node: 'endpoints',
    outcome: 'none-matched',
    result: 'fail',
    facts: { selector: { app: 'cart', tier: 'api' }, wanted: { app: 'cart', tier: 'backend' } },
  }),
  finding({
    check: 'service-address-answers',
    node: 'address',
    stage: 'connectivity',
    outcome: 'forbidden',
    result: 'error',
    evidence: [],
    durationMs: 3,
    reason: {
      code: 'forbidden',
      detail: 'pods/exec is forbidden',
      missing: { verb: 'create', resource: 'pods/exec', group: '', namespace: 'shop' },
    },
  }),
  finding({
    check: 'policies-admit-flow',
    node: 'policies',
    stage: 'policy',
    outcome: 'operator',
    result: 'skip',
    evidence: [],
    durationMs: 0,
    reason: { code: 'operator', detail: '' },
    by: 'operator',
  }),
];

export const cartVerdict: Verdict = {
  result: 'fault',
  causes: [
    {
      id: 'SVC-01',
      certainty: 'probable',
      subject: 'Service shop/cart',
      statement: {
        en: 'Service shop/cart selects no Pod, so it has no endpoint.',
        'zh-CN': 'Service shop/cart 的选择算符没有匹配到任何 Pod, 因此没有端点.',
      },
      evidence: ['endpoints.1'],
      grounds: [
        { check: 'service-has-ready-endpoints', node: 'endpoints', outcome: 'none-matched', weight: 'decisive' },
      ],
      explains: ['vip-refused'],
      unexplained: [],
      capped: ['not-reproduced'],
    },
  ],
  ruledOut: [
    { id: 'SVC-02', by: 'endpoints/service-has-ready-endpoints' },
    { id: 'POD-02', by: 'source/pod-is-ready' },
  ],
  notChecked: [
    {
      check: 'service-address-answers',
      stage: 'connectivity',
      reason: {
        code: 'forbidden',
        detail: 'pods/exec is forbidden',
        missing: { verb: 'create', resource: 'pods/exec', group: '', namespace: 'shop' },
      },
    },
    { check: 'policies-admit-flow', stage: 'policy', reason: { code: 'operator', detail: '' } },
    { check: 'stage:dns', stage: 'dns', reason: { code: 'not-reached', detail: '' } },
  ],
  unexplained: [],
  tree: { cause: 'SVC-01' },
  next: 'service-address-answers',
};

const tool = <T extends Happening['type']>(type: T, data: EventData<T>) => ({ type, actor: 'tool', data }) as Happening;
const operator = <T extends Happening['type']>(type: T, data: EventData<T>) =>
  ({ type, actor: 'operator', data }) as Happening;

const checked = (found: Finding): Happening[] => [
  tool('check.started', { node: found.node, check: found.check, run: found.run, limitMs: 10_000 }),
  tool('check.finished', found),
];

/** The walk of one night: the selector of the cart Service matches no Pod. */
export const cartHappenings = (header: SessionHeader = cartHeader()): Happening[] => {
  const [ready, endpoints, address, policies] = cartFindings.map(checked) as [
    Happening[],
    Happening[],
    Happening[],
    Happening[],
  ];
  return [
    tool('session.started', header),
    operator('intake.answered', { question: 'since', answer: '2026-11-21T01:58:12Z', source: 'prompt' }),
    ...ready,
    tool('decision.auto', { from: 'source', to: 'endpoints', outcome: 'ready' }),
    ...endpoints,
    tool('decision.auto', { from: 'endpoints', to: 'selector-question', outcome: 'none-matched' }),
    operator('decision.operator', {
      node: 'selector-question',
      answer: 'changed-tonight',
      offered: ['changed-tonight', 'never'],
    }),
    operator('note.added', { text: 'Deployment cart got a new label', happened_at: '2026-11-21T01:58:12Z' }),
    ...address,
    operator('session.paused', {}),
    tool('session.resumed', { machine: 'laptop', version: '0.1.0' }),
    ...policies,
    operator('override', {
      node: 'policies',
      found: 'operator',
      chosen: 'selector-mismatch',
      reason: 'the label change explains it',
    }),
    tool('concluded', { node: 'endpoints', conclusion: { cause: 'SVC-01' } }),
    tool('verdict', cartVerdict),
    tool('session.ended', {
      cause: 'verdict',
      exitCode: 3,
      cost: { requests: 9, bytes: 20_480, durationMs: 4_750, commands: 0 },
    }),
  ];
};

/** Writes the walk with the real journal; answers with its folder. */
export const writeCartSession = (happenings = cartHappenings(), changes: Partial<JournalOptions> = {}) => {
  const { folder } = createSession(stateDir(), { now: start, destination: 'cart' });
  const options = journalOptions(changes);
  storeEvidence(folder, { id: 'source.1', value: { ready: true } }, options.redact);
  storeEvidence(
    folder,
    { id: 'endpoints.1', value: { selector: { app: 'cart', tier: 'api' }, ready: [] } },
    options.redact,
  );
  const journal = openJournal(folder, options);
  for (const happening of happenings) journal.append(happening);
  journal.close();
  return folder;
};

/** The same walk as a value, through the file and back. */
export const cartView = (header: SessionHeader = cartHeader()) =>
  foldJournal(readJournal(writeCartSession(cartHappenings(header))).events);
