import { causeSchema, eliminationSchema } from '../../src/domain/cause.js';
import type { Finding, Result } from '../../src/domain/finding.js';
import type { Trail } from '../../src/verdict/weigh.js';

export const phrase = (words: string) => ({ en: words, 'zh-CN': words });
const cause = (rest: object) =>
  causeSchema.parse({
    title: phrase('A title'),
    stage: 'service',
    statement: phrase('{service} {selector}'),
    subject: 'Service {service}',
    hop: 'service',
    ...rest,
  });

const causes = {
  'CART-1': cause({
    proves: [{ labels: 'none' }, { sockets: 'elsewhere', endpoints: 'refuse' }],
    supports: { strong: [{ labels: 'odd' }, { labels: 'none' }], weak: [{ labels: 'few' }] },
    refutes: [{ labels: 'fine' }],
    explains: ['refused'],
    confusable: { 'CART-2': 'rules' },
  }),
  'CART-2': cause({
    supports: { strong: [{ rules: 'old' }] },
    refutes: [{ rules: 'fresh' }],
    explains: ['refused', 'slow'],
  }),
  'CART-3': cause({ proves: [{ name: 'gone' }], explains: ['nameless'] }),
};

const elimination = eliminationSchema.parse({
  refused: { title: phrase('Refused'), when: { address: 'refuses' }, keeps: ['CART-2'], symptom: true },
  slow: { title: phrase('Slow'), when: { address: 'waits' }, keeps: [], symptom: true },
  nameless: { title: phrase('No name'), when: { name: 'gone' }, keeps: [], symptom: true },
  fine: { title: phrase('Fine'), when: { address: 'answers' }, keeps: [], symptom: false, healthy: true },
});

const results: Record<string, Result> = { refuses: 'fail', waits: 'fail', gone: 'fail', none: 'fail' };
export const saw = (check: string, outcome: string, rest: Partial<Finding> = {}): Finding => ({
  check,
  outcome,
  node: check,
  run: 1,
  stage: 'service',
  result: results[outcome] ?? 'pass',
  facts: {},
  evidence: [`${check}.1`],
  durationMs: 1,
  by: 'auto',
  ...rest,
});
export const blind = (check: string): Finding =>
  saw(check, 'forbidden', { result: 'error', reason: { code: 'forbidden', detail: '' } });

export const trail = (findings: Finding[], rest: Partial<Trail> = {}): Trail => ({
  findings,
  causes,
  elimination,
  conclusion: { inconclusive: null },
  stagesBuilt: ['pod', 'service'],
  flowWords: { service: 'cart' },
  ...rest,
});
