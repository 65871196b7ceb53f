import { expect, it } from 'vitest';
import { lintSupport } from '../../src/catalog/lint-support.js';
import { causeSchema, eliminationSchema } from '../../src/domain/cause.js';
import { problemsOf } from './shop.js';

const title = { en: 'Refused', 'zh-CN': '被拒绝' };
const elimination = eliminationSchema.parse({
  'cart-refuses': { title, when: { 'cart-answers': 'refuses' }, keeps: ['SVC-01'], symptom: true },
});
const head = `title: { en: No cart, zh-CN: 没有购物车 }
stage: service
statement: { en: There is no cart., zh-CN: 没有购物车. }
subject: Service
hop: service
`;
const cause = (id: string, rest = '') =>
  problemsOf(`${head}${rest}`, causeSchema, (value, at) => lintSupport({ id, cause: value }, { elimination, at }));

it('names a cause that nothing speaks for', () => {
  expect(cause('SVC-02', 'refutes: [cart-exists: exists]\n')).toMatchInlineSnapshot(
    `"cart.yaml:1:1 title: Nothing speaks for this cause: no step proves or supports it, and no contrast keeps it."`,
  );
});

it.each([
  ['a step that proves it', 'SVC-02', 'proves: [cart-exists: missing]\n'],
  ['a step that supports it', 'SVC-02', 'supports: { weak: [cart-exists: missing] }\n'],
  ['a contrast that keeps it', 'SVC-01', ''],
])('is content with %s', (_, id, rest) => expect(cause(id, rest)).toBe(''));

it('names an answer that speaks for a cause and against it, in whatever order it is written', () => {
  expect(
    cause(
      'SVC-01',
      `proves:
  - { cart-exists: missing, cart-answers: refuses }
supports:
  weak:
    - cart-exists: odd
refutes:
  - { cart-answers: refuses, cart-exists: missing }
  - cart-exists: odd
  - cart-exists: exists
`,
    ),
  ).toMatchInlineSnapshot(`
    "cart.yaml:7:5 proves.0: The same is said to refute the cause.
    cart.yaml:10:7 supports.weak.0: The same is said to refute the cause."
  `);
});
