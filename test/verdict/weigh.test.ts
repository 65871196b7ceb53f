import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { causeSchema, eliminationSchema } from '../../src/domain/cause.js';
import type { Finding, Result } from '../../src/domain/finding.js';
import { verdictSchema } from '../../src/domain/verdict.js';
import { order } from '../../src/verdict/certainty.js';
import { type Trail, weigh } from '../../src/verdict/weigh.js';

const phrase = (words: string) => ({ en: words, 'zh-CN': words });
const cause = (rest: object) =>
  causeSchema.parse({
    title: phrase('A title'),
    stage: 'service',
    statement: phrase('{service} {selector}'),
    subject: 'Service {service}',
    ...rest,
  });

const causes = {
  'CART-1': cause({
    proves: [{ labels: 'none' }, { sockets: 'elsewhere', endpoints: 'refuse' }],
    supports: { strong: [{ labels: 'odd' }], weak: [{ labels: 'few' }] },
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
const saw = (check: string, outcome: string, rest: Partial<Finding> = {}): Finding => ({
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
const blind = (check: string): Finding =>
  saw(check, 'forbidden', { result: 'error', reason: { code: 'forbidden', detail: '' } });

const trail = (findings: Finding[], rest: Partial<Trail> = {}): Trail => ({
  findings,
  causes,
  elimination,
  conclusion: { inconclusive: null },
  stagesBuilt: ['pod', 'service'],
  flowWords: { service: 'cart' },
  ...rest,
});
const best = (...findings: Finding[]) => {
  const [first] = weigh(trail(findings)).causes;
  return first && [first.id, first.certainty, ...first.capped];
};

describe('certainty', () => {
  it.each([
    [
      'a mechanism seen at work on a flow that failed',
      [saw('labels', 'none'), saw('address', 'refuses')],
      ['CART-1', 'certain'],
    ],
    [
      'the same, but nothing was allowed to try the flow',
      [saw('labels', 'none')],
      ['CART-1', 'probable', 'not-reproduced'],
    ],
    [
      'the same, but the flow was tried and answers',
      [saw('labels', 'none'), saw('address', 'answers')],
      ['CART-1', 'possible', 'not-reproduced'],
    ],
    [
      'a mechanism against an observation that excludes it',
      [saw('labels', 'none'), saw('labels', 'fine', { node: 'again' }), saw('address', 'refuses')],
      ['CART-1', 'possible', 'unexplained-contrast'],
    ],
    [
      'a mechanism that leaves one symptom unexplained',
      [saw('labels', 'none'), saw('address', 'refuses'), saw('address', 'waits', { node: 'again' })],
      ['CART-1', 'probable', 'unexplained-contrast'],
    ],
    [
      'a mechanism that explains no symptom',
      [saw('labels', 'none'), saw('address', 'waits')],
      ['CART-1', 'possible', 'unexplained-contrast'],
    ],
    [
      'a state that must cause such symptoms',
      [saw('labels', 'odd'), saw('address', 'refuses')],
      ['CART-1', 'probable'],
    ],
    ['a hint', [saw('labels', 'few'), saw('address', 'waits')], ['CART-1', 'possible', 'only-weak']],
    [
      'both halves of a proof',
      [saw('sockets', 'elsewhere'), saw('endpoints', 'refuse'), saw('address', 'refuses')],
      ['CART-1', 'certain'],
    ],
    ['one half of a proof', [saw('sockets', 'elsewhere')], undefined],
    [
      'a rival whose separator nobody was allowed to look at',
      [saw('labels', 'none'), saw('address', 'refuses'), blind('rules')],
      ['CART-1', 'probable', 'separator-not-checked'],
    ],
    [
      'two rivals with strong evidence',
      [saw('labels', 'odd'), saw('rules', 'old'), saw('address', 'refuses')],
      ['CART-2', 'possible', 'rival'],
    ],
  ])('%s', (_, findings, expected) => expect(best(...findings)).toEqual(expected));

  it('calls two faults certain when each explains what the other does not', () => {
    const { causes: ranked, unexplained } = weigh(
      trail([saw('labels', 'none'), saw('address', 'refuses'), saw('name', 'gone')]),
    );
    expect(ranked.slice(0, 2).map(({ id, certainty }) => [id, certainty])).toEqual([
      ['CART-1', 'certain'],
      ['CART-3', 'certain'],
    ]);
    expect(unexplained).toEqual(['nameless']);
  });
});

describe('verdict', () => {
  it('is healthy only after the flow was tried', () => {
    expect(weigh(trail([saw('address', 'answers')])).result).toBe('healthy');
    expect(weigh(trail([saw('labels', 'fine')]))).toMatchObject({ result: 'inconclusive' });
    expect(weigh(trail([saw('address', 'answers'), saw('name', 'gone')]))).toMatchObject({ result: 'fault' });
  });

  it('names the flow itself as the next check when nobody was allowed to try it', () => {
    expect(weigh(trail([saw('labels', 'fine'), blind('address')])).next).toBe('address');
  });

  it('names the separator as the next check between rivals', () => {
    expect(weigh(trail([saw('labels', 'odd'), saw('address', 'refuses')])).next).toBe('rules');
  });

  it('rules out what was refuted and says by what', () => {
    expect(weigh(trail([saw('rules', 'fresh'), saw('address', 'refuses')])).ruledOut).toEqual([
      { id: 'CART-2', by: 'rules/rules' },
    ]);
  });

  it('goes by the latest run of a node', () => {
    const findings = [saw('labels', 'none'), saw('labels', 'fine', { run: 2 }), saw('address', 'refuses')];
    expect(weigh(trail(findings)).ruledOut).toEqual([{ id: 'CART-1', by: 'labels/labels' }]);
  });

  it('lists what could not be looked at and the stations nobody visited', () => {
    const { notChecked } = weigh(trail([saw('address', 'answers'), blind('rules')]));
    expect(notChecked.map(({ check, reason }) => `${check} ${reason.code}`)).toEqual([
      'rules forbidden',
      'stage:pod not-reached',
      'stage:connectivity not-built',
      'stage:policy not-built',
      'stage:kube-proxy not-built',
      'stage:dns not-built',
      'stage:cni not-built',
      'stage:mtu-conntrack not-built',
    ]);
  });

  it('fills the statement with the flow and with the facts of the proof', () => {
    const labels = saw('labels', 'none', { facts: { selector: { app: 'cartt' }, service: 'payments' } });
    expect(weigh(trail([labels])).causes[0]).toMatchObject({
      statement: phrase('cart app=cartt'),
      subject: 'Service cart',
    });
  });

  it('falls back to the title where a fact is missing', () => {
    expect(weigh(trail([saw('labels', 'few')])).causes[0]).toMatchObject({ statement: phrase('A title') });
  });
});

const pairs = [
  ['labels', 'none'],
  ['labels', 'odd'],
  ['labels', 'few'],
  ['labels', 'fine'],
  ['sockets', 'elsewhere'],
  ['endpoints', 'refuse'],
  ['rules', 'old'],
  ['rules', 'fresh'],
  ['name', 'gone'],
  ['address', 'refuses'],
  ['address', 'waits'],
  ['address', 'answers'],
] as const;
const finding = fc
  .record({
    pair: fc.constantFrom(...pairs),
    node: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    run: fc.integer({ min: 1, max: 3 }),
    lost: fc.boolean(),
  })
  .map(({ pair: [check, outcome], node, run, lost }) => ({
    ...(lost ? blind(check) : saw(check, outcome)),
    node,
    run,
  }));
const findings = fc.uniqueArray(finding, { selector: ({ node, run }) => `${node}.${run}`, maxLength: 12 });
const heights = (list: Finding[]) =>
  new Map(weigh(trail(list)).causes.map(({ id, certainty }) => [id, order.indexOf(certainty)]));
const height = (list: Finding[], id: string) => heights(list).get(id) ?? order.length;

describe('for any trail', () => {
  it('gives a valid verdict', () => {
    fc.assert(fc.property(findings, (list) => verdictSchema.safeParse(weigh(trail(list))).success));
  });

  it('does not depend on the order of the findings', () => {
    const shuffled = findings.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        expect(weigh(trail(other))).toEqual(weigh(trail(list)));
      }),
    );
  });

  it('takes nothing from a check that could not look, but certainty', () => {
    fc.assert(
      fc.property(findings, fc.constantFrom(...pairs), (list, [check]) => {
        const before = weigh(trail(list));
        const after = weigh(trail([...list, { ...blind(check), node: 'unseen' }]));
        expect(after.ruledOut).toEqual(before.ruledOut);
        expect(after.causes.map(({ id }) => id).sort()).toEqual(before.causes.map(({ id }) => id).sort());
        for (const { id } of before.causes)
          expect(height([...list, { ...blind(check), node: 'unseen' }], id)).toBeGreaterThanOrEqual(height(list, id));
      }),
    );
  });

  it('never believes less in a cause for more evidence of it', () => {
    const evidence = fc.constantFrom(...pairs.slice(0, 3), pairs[4], pairs[5]);
    fc.assert(
      fc.property(findings, evidence, (list, [check, outcome]) => {
        const more = [...list, saw(check, outcome, { node: 'more' })];
        expect(height(more, 'CART-1')).toBeLessThanOrEqual(height(list, 'CART-1'));
      }),
    );
  });
});
