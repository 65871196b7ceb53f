import { describe, expect, it } from 'vitest';
import { lintRunbook } from '../../src/catalog/lint-runbook.js';
import { runbookSchema } from '../../src/domain/runbook.js';
import { known, problemsOf } from './shop.js';

const book = (nodes: string, start = 'first', to = '[service]') =>
  problemsOf(
    `title: { en: Cart, zh-CN: 购物车 }
hint: { en: Cart is silent., zh-CN: 购物车没有响应. }
flow: { from: [pod], to: ${to} }
start: ${start}
nodes:
${nodes}`,
    runbookSchema,
    (value, at) => lintRunbook(value, known, at),
  );
const routes = '{ exists: { healthy }, missing: { cause: SVC-01 } }';
const question =
  'ask: { en: Slow?, zh-CN: 慢吗? }, answers: { yes: { en: Yes, zh-CN: 是 }, no: { en: No, zh-CN: 否 } }';

describe('lintRunbook', () => {
  it('finds nothing wrong with a sound tree', () => {
    expect(
      book(`  first: { step: cart-exists, on: { exists: second, missing: { runbook: cart-unreachable } }, otherwise: second }
  second: { ${question}, on: { yes: { inconclusive }, no: { healthy } }, otherwise: { inconclusive } }`),
    ).toBe('');
  });

  it('lets start meanwhile what another node looks at, and nothing else', () => {
    const nodes = (name: string) =>
      book(`  first: { step: cart-exists, meanwhile: [${name}], on: { exists: second, missing: third }, otherwise: second }
  second: { ${question}, on: { yes: { inconclusive }, no: { healthy } }, otherwise: { inconclusive } }
  third: { step: cart-exists, on: ${routes}, otherwise: { healthy } }`);
    expect(nodes('third')).toBe('');
    expect(nodes('thirt')).toMatch(/first\.meanwhile: There is no node "thirt"\. Near: third\./);
    expect(nodes('second')).toMatch(/first\.meanwhile: Nothing that can start by itself is looked at in "second"\./);
  });

  it('refuses to hand a flow over to a runbook that does not walk it', () => {
    expect(
      book(
        `  first: { step: cart-exists, on: { exists: { healthy }, missing: { runbook: node-unreachable } }, otherwise: { healthy } }`,
      ),
    ).toMatchInlineSnapshot(
      `"cart.yaml:6:58 nodes.first.on.missing: The runbook "node-unreachable" cannot go on with every flow: service."`,
    );
    expect(
      book(
        `  first: { step: cart-exists, on: { exists: { healthy }, missing: { runbook: node-unreachable, flow: to-endpoint } }, otherwise: { healthy } }`,
      ),
    ).toBe('');
  });

  it('hands over by an outcome only flows that the step can look at', () => {
    const taken = 'on: { exists: { runbook: cart-unreachable }, missing: { healthy } }';
    expect(book(`  first: { step: cart-exists, ${taken}, otherwise: { healthy } }`, 'first', '[service, node]')).toBe(
      '',
    );
    expect(
      book(
        `  first: { step: cart-exists, ${taken}, otherwise: { runbook: cart-unreachable } }`,
        'first',
        '[service, node]',
      ),
    ).toMatch(/otherwise: The runbook "cart-unreachable" cannot go on with every flow: node\./);
  });

  it('names a step, node, cause or runbook that does not exist, and what was probably meant', () => {
    expect(book(`  first: { step: cart-exist, on: {}, otherwise: { healthy } }`)).toMatchInlineSnapshot(
      `"cart.yaml:6:12 nodes.first.step: There is no step "cart-exist". Near: cart-exists."`,
    );
    expect(book(`  first: { step: till-opens, on: { exists: nowhere }, otherwise: fist }`)).toMatchInlineSnapshot(`
      "cart.yaml:6:12 nodes.first.step: There is no step "till-opens".
      cart.yaml:6:36 nodes.first.on.exists: There is no node "nowhere".
      cart.yaml:6:55 nodes.first.otherwise: There is no node "fist". Near: first."
    `);
    expect(
      book(
        `  first: { step: cart-exists, on: { exists: { cause: SVC-1 }, missing: { runbook: constructor } }, otherwise: { healthy } }`,
      ),
    ).toMatchInlineSnapshot(`
      "cart.yaml:6:37 nodes.first.on.exists: There is no cause "SVC-1". Near: SVC-01, SVC-02.
      cart.yaml:6:63 nodes.first.on.missing: There is no runbook "constructor"."
    `);
  });

  it('names an outcome that the step does not have, and one that leads nowhere', () => {
    expect(
      book(`  first: { step: cart-exists, on: { exist: { healthy } }, otherwise: { healthy } }`),
    ).toMatchInlineSnapshot(`
      "cart.yaml:6:31 nodes.first.on: The outcome "exists" of the step "cart-exists" leads nowhere.
      cart.yaml:6:31 nodes.first.on: The outcome "missing" of the step "cart-exists" leads nowhere.
      cart.yaml:6:37 nodes.first.on.exist: The step "cart-exists" has no outcome "exist". Near: exists."
    `);
    expect(book(`  first: { step: cart-exists, on: {}, otherwise: { healthy } }`)).toMatchInlineSnapshot(`
      "cart.yaml:6:31 nodes.first.on: The outcome "exists" of the step "cart-exists" leads nowhere.
      cart.yaml:6:31 nodes.first.on: The outcome "missing" of the step "cart-exists" leads nowhere."
    `);
  });

  it('names an answer that is not offered, and one that leads nowhere', () => {
    expect(
      book(`  first: { ${question}, on: { yes: { healthy }, maybe: { healthy } }, otherwise: { healthy } }`),
    ).toMatchInlineSnapshot(`
      "cart.yaml:6:111 nodes.first.on: The answer "no" of the question leads nowhere.
      cart.yaml:6:135 nodes.first.on.maybe: The question has no answer "maybe"."
    `);
  });

  it('names a start that does not exist', () => {
    expect(
      book(`  first: { step: cart-exists, on: ${routes}, otherwise: { healthy } }`, 'frist'),
    ).toMatchInlineSnapshot(`"cart.yaml:4:1 start: There is no node "frist". Near: first."`);
  });

  it('names a node that no path leads to', () => {
    expect(
      book(`  first: { step: cart-exists, on: ${routes}, otherwise: { healthy } }
  lonely: { step: cart-exists, on: ${routes}, otherwise: first }`),
    ).toMatchInlineSnapshot(`"cart.yaml:7:3 nodes.lonely: No path leads here."`);
  });

  it('names a cycle that nobody could leave', () => {
    expect(
      book(`  first: { step: cart-exists, on: { exists: second, missing: { healthy } }, otherwise: second }
  second: { step: cart-answers, on: { exists: { healthy }, missing: first }, otherwise: { healthy } }`),
    ).toMatchInlineSnapshot(
      `"cart.yaml:6:3 nodes.first: The walk would go round for ever: first -> second -> first. A cycle needs a question in it."`,
    );
    expect(book(`  first: { step: cart-exists, on: ${routes}, otherwise: first }`)).toMatchInlineSnapshot(
      `"cart.yaml:6:3 nodes.first: The walk would go round for ever: first -> first. A cycle needs a question in it."`,
    );
  });

  it('allows a cycle with a question in it', () => {
    expect(
      book(`  first: { step: cart-exists, on: { exists: second, missing: { healthy } }, otherwise: second }
  second: { ${question}, on: { yes: first, no: { healthy } }, otherwise: { healthy } }`),
    ).toBe('');
  });

  it('names a node that no machine could have', () => {
    expect(
      book(`  first: { step: cart-exists, on: { exists: a.b, missing: { healthy } }, otherwise: { healthy } }
  a.b: { step: cart-exists, on: ${routes}, otherwise: { healthy } }`),
    ).toMatchInlineSnapshot(
      `"cart.yaml:7:3 nodes.a.b: "a.b" is no name for a node: small letters, digits and hyphens."`,
    );
  });

  it('tells of every mistake at once', () => {
    expect(
      book(
        `  first: { step: cart-exists, on: { exists: there, gone: { cause: X-1 } }, otherwise: { cause: X-2 } }`,
      ).split('\n'),
    ).toHaveLength(5);
  });
});
