import { describe, expect, it } from 'vitest';
import type { Found } from '../../src/catalog/catalog.js';
import { load, loadOrThrow } from '../../src/catalog/load.js';
import { CatalogProblems, writeProblem } from '../../src/catalog/problem.js';
import { step } from './shop.js';

const file = (id: string, source: string, path = `${id}.yaml`) => ({ id, path, source });
const words = (service: string) => `
  title: Cart
  question: Is it there?
  why: Nothing answers without it.
  outcomes: { exists: '${service}', missing: '${service}' }
  by-hand: kubectl get service cart
`;
const book = (cause: string) => `title: { en: Cart, zh-CN: 购物车 }
hint: { en: Cart is silent., zh-CN: 购物车没有响应. }
flow: { from: [pod], to: [service] }
start: there
nodes:
  there: { step: cart-exists, on: { exists: { healthy }, missing: { cause: ${cause} } }, otherwise: { inconclusive } }
`;
const cause = `title: { en: Gone, zh-CN: 不存在 }
stage: service
statement: { en: '{service} is gone.', zh-CN: '{service} 不存在.' }
subject: Service {service}
hop: service
proves: [cart-exists: missing]
`;

const found = (changes: Partial<Found> = {}): Found => ({
  steps: [
    {
      id: 'cart-exists',
      stage: 'service',
      step: step.step,
      text: file('cart-exists', `en:${words('{service}')}zh-CN:${words('{service}')}`),
    },
  ],
  causes: [file('SVC-01', cause)],
  runbooks: [file('cart-unreachable', book('SVC-01'))],
  elimination: file('elimination', '{}'),
  phrases: [file('ui', 'ui.cart: { en: Cart, zh-CN: 购物车 }')],
  ...changes,
});

describe('load', () => {
  it('makes one catalog of what lies in the folders', () => {
    const { catalog, problems } = load(found());
    expect(problems).toEqual([]);
    expect([Object.keys(catalog.steps), Object.keys(catalog.causes), Object.keys(catalog.phrases)]).toEqual([
      ['cart-exists'],
      ['SVC-01'],
      ['ui.cart'],
    ]);
    expect(catalog.runbooks['cart-unreachable']).toMatchObject({ id: 'cart-unreachable', start: 'there' });
  });

  it('gives a runbook a hash of what it says, not of how it is written', () => {
    const hash = (source: string) =>
      load(found({ runbooks: [file('cart-unreachable', source)] })).catalog.runbooks['cart-unreachable']?.sha256;
    expect(hash(`# tonight\n${book('SVC-01')}\n`)).toBe(hash(book('SVC-01')));
    expect(hash(book('SVC-01').replace('inconclusive', 'healthy'))).not.toBe(hash(book('SVC-01')));
  });

  it('takes runbooks of the operator beside its own', () => {
    const { catalog, problems } = load(found(), [file('cart-night', book('SVC-01'))]);
    expect(problems).toEqual([]);
    expect(Object.keys(catalog.runbooks)).toEqual(['cart-unreachable', 'cart-night']);
  });

  it('tells every mistake of every file at once, in the order of their places', () => {
    const broken = found({
      causes: [file('SVC-01', cause.replace('missing', 'gone')), file('SVC-02', 'title: 1')],
      runbooks: [file('cart-unreachable', book('SVC-03'))],
      phrases: [file('ui', 'ui.cart: { en: "{cart}", zh-CN: 购物车 }')],
    });
    expect(() => loadOrThrow(broken)).toThrow(CatalogProblems);
    expect(load(broken).problems.map(writeProblem)).toMatchInlineSnapshot(`
      [
        "cart-unreachable.yaml:6:58 nodes.there.on.missing: There is no cause "SVC-03". Near: SVC-01, SVC-02.",
        "SVC-01.yaml:6:10 proves.0.cart-exists: The step "cart-exists" has no outcome "gone".",
        "SVC-02.yaml:1:1 title: Expected a map, found 1.",
        "SVC-02.yaml:1:1 stage: The key "stage" is missing.",
        "SVC-02.yaml:1:1 statement: The key "statement" is missing.",
        "SVC-02.yaml:1:1 subject: The key "subject" is missing.",
        "SVC-02.yaml:1:1 hop: The key "hop" is missing.",
        "ui.yaml:1:26 ui.cart.zh-CN: The placeholders differ from the English phrase: {cart}",
      ]
    `);
  });

  it('does not blame others for a file that cannot be read', () => {
    const [sound] = found().steps;
    const broken: Partial<Found>[] = [
      { causes: [file('SVC-01', 'title: [')] },
      { elimination: file('elimination', 'x'), causes: [file('SVC-01', `${cause}explains: [refused]`)] },
      {
        steps: sound ? [{ ...sound, text: file('cart-exists', 'en: 1') }] : [],
        causes: [file('SVC-01', cause.replace('gone', '{why}'))],
      },
    ];
    const blamed = broken.map((one) => [...new Set(load(found(one)).problems.map(({ file: name }) => name))]);
    expect(blamed).toEqual([['SVC-01.yaml'], ['elimination.yaml'], ['cart-exists.yaml']]);
  });
});
