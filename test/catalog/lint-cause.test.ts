import { describe, expect, it } from 'vitest';
import { lintCause, lintElimination } from '../../src/catalog/lint-cause.js';
import { causeSchema, type Elimination, eliminationSchema } from '../../src/domain/cause.js';
import { known, problemsOf } from './shop.js';

const elimination = { 'cart-refuses': {} } as unknown as Elimination;
const { steps, causes } = known;

const head = `title: { en: No cart, zh-CN: 没有购物车 }
stage: service
`;
const said = `statement: { en: '{service} is gone.', zh-CN: '{service} 不存在.' }
subject: Service {namespace}/{service}
hop: service
`;
const cause = (rest: string, words = said) =>
  problemsOf(`${head}${words}${rest}`, causeSchema, (value, at) =>
    lintCause(value, { steps, causes, elimination, at }),
  );

const remedy = (command: string, verify: string) => `proves: [cart-exists: missing]
remedies:
  - title: { en: Create it, zh-CN: 创建 }
    severity: 1
    precheck: kubectl get service {service}
    capture: kubectl get services -o yaml > services.saved.yaml
    command: ${command}
    effect: { en: It is there., zh-CN: 已存在. }
    rollback: kubectl delete service {service}
    verify: [${verify}]
`;

describe('lintCause', () => {
  it('finds nothing wrong with a sound cause', () => {
    expect(
      cause(`${remedy('kubectl create service {service} # {near} {context}', 'cart-exists, cart-answers')}supports: { weak: [{ cart-answers: missing, cart-exists: exists }] }
explains: [cart-refuses]
confusable: { SVC-02: cart-answers, SVC-01: { en: It comes of it., zh-CN: 由它造成. } }
`),
    ).toBe('');
  });

  it('names evidence that no step can give', () => {
    expect(
      cause(`proves:
  - cart-exist: missing
refutes:
  - cart-exists: mising
supports:
  strong:
    - cart-exists: missing
      till-opens: yes
`),
    ).toMatchInlineSnapshot(`
      "cart.yaml:7:5 proves.0.cart-exist: There is no step "cart-exist". Near: cart-exists.
      cart.yaml:9:5 refutes.0.cart-exists: The step "cart-exists" has no outcome "mising". Near: missing.
      cart.yaml:13:7 supports.strong.0.till-opens: There is no step "till-opens"."
    `);
  });

  it('names a placeholder that nothing fills', () => {
    expect(cause(remedy('kubectl create service {servce} --port {near.0}', 'cart-exists'))).toMatchInlineSnapshot(
      `"cart.yaml:12:5 remedies.0.command: Nothing fills {servce}: neither the flow nor a sentence of a step this cause names."`,
    );
    expect(
      cause(
        '',
        "statement: { en: '{near} is gone.', zh-CN: '{service} 不存在.' }\nsubject: Pod {till}\nhop: service\n",
      ),
    ).toMatchInlineSnapshot(`
      "cart.yaml:3:14 statement.en: Nothing fills {near}: neither the flow nor a sentence of a step this cause names.
      cart.yaml:4:1 subject: Nothing fills {till}: neither the flow nor a sentence of a step this cause names."
    `);
  });

  it('names a hop that nothing in the cause names', () => {
    const onNode = "statement: { en: '{service} is gone.', zh-CN: '{service} 不存在.' }\nsubject: Service\nhop: node\n";
    expect(cause('proves: [cart-exists: missing]\n', onNode)).toContain(
      'hop: The hop "node" is named by {node}, which neither the statement nor the subject says.',
    );
  });

  it('names rows, causes and steps that do not exist', () => {
    expect(
      cause(`${remedy('kubectl get pods', 'cart-exists, cart-answer')}explains: [cart-refuses, cart-refused]
confusable: { SVC-03: cart-answer }
`),
    ).toMatchInlineSnapshot(`
      "cart.yaml:15:27 remedies.0.verify.1: There is no step "cart-answer". Near: cart-answers.
      cart.yaml:16:26 explains.1: There is no elimination row "cart-refused". Near: cart-refuses.
      cart.yaml:17:15 confusable.SVC-03: There is no cause "SVC-03". Near: SVC-01, SVC-02.
      cart.yaml:17:15 confusable.SVC-03: There is no step "cart-answer". Near: cart-answers."
    `);
  });

  const repaired = (severity: number, lines: string) => `proves: [cart-exists: missing]
remedies:
  - title: { en: Create it, zh-CN: 创建 }
    severity: ${severity}
    precheck: kubectl get service {service}
    command: kubectl create service {service}
    effect: { en: It is there., zh-CN: 已存在. }
${lines}
`;

  it.each([
    [
      'an old value that nobody keeps',
      1,
      '    rollback: kubectl delete service cart\n    verify: [cart-exists]',
      'has to keep the old value',
    ],
    [
      'a way back from nothing',
      0,
      '    rollback: kubectl delete service cart\n    verify: [cart-exists]',
      'severity 0 changes nothing',
    ],
    [
      'a copy before nothing',
      0,
      '    capture: kubectl get service cart\n    rollback: { en: None., zh-CN: 无. }\n    verify: [cart-exists]',
      'nothing to capture',
    ],
    [
      'checks that cannot tell whether it is gone',
      1,
      '    rollback: { en: None., zh-CN: 无. }\n    verify: [cart-answers]',
      'none can tell that it is gone',
    ],
    [
      'other facts in another language',
      1,
      "    rollback: { en: 'Open {service}.', zh-CN: 无. }\n    verify: [cart-exists]",
      'placeholders differ',
    ],
    [
      'a sentence with a fact that nothing fills',
      1,
      "    rollback: { en: 'Open {door}.', zh-CN: '打开 {door}.' }\n    verify: [cart-exists]",
      'Nothing fills {door}',
    ],
  ])('names %s', (_, severity, lines, message) => {
    expect(cause(repaired(severity, lines))).toContain(message);
  });

  it('takes a sentence where nothing is to be undone, and a workload that may be unknown', () => {
    const lines =
      "    rollback: { en: 'Undo {source-workload} and {destination-workload}.', zh-CN: '撤销 {source-workload} 和 {destination-workload}.' }\n    verify: [cart-exists]";
    expect(cause(repaired(1, lines))).toBe('');
  });
});

describe('lintElimination', () => {
  it('names steps, outcomes and causes that do not exist', () => {
    const row = `  title: { en: Refused, zh-CN: 被拒绝 }\n  symptom: true\n`;
    expect(
      problemsOf(
        `cart-refuses:\n${row}  when: { cart-exists: missing }\n  keeps: [SVC-01]\nother:\n${row}  when: { cart-exists: [exists, gone], till: open }\n  keeps: [SVC-01, SVC-9]\n`,
        eliminationSchema,
        (value, at) => lintElimination(value, { steps, causes, at }),
      ),
    ).toMatchInlineSnapshot(`
      "cart.yaml:9:11 other.when.cart-exists: The step "cart-exists" has no outcome "gone".
      cart.yaml:9:40 other.when.till: There is no step "till".
      cart.yaml:10:19 other.keeps.1: There is no cause "SVC-9". Near: SVC-01, SVC-02."
    `);
  });
});
