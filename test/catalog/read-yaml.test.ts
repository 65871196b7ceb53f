import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readYaml } from '../../src/catalog/read-yaml.js';
import { causeSchema } from '../../src/domain/cause.js';
import { runbookSchema } from '../../src/domain/runbook.js';
import { problemsOf } from './shop.js';

const head = `title: { en: Cart, zh-CN: 购物车 }
hint: { en: Cart is silent., zh-CN: 购物车没有响应. }
flow: { from: [pod], to: [service] }
start: first
nodes:
  first:
`;
const runbook = (node: string) => problemsOf(`${head}${node}`, runbookSchema);
const plain = (source: string) => problemsOf(source, z.strictObject({ cart: z.string(), port: z.int().optional() }));

describe('readYaml names the place and the mistake', () => {
  it('of broken syntax', () => {
    expect(plain('cart: [a, b\nport: 1\n')).toMatchInlineSnapshot(
      `"cart.yaml:2:1: Flow sequence in block collection must be sufficiently indented and end with a ]."`,
    );
    expect(plain('cart: "open\n')).toMatchInlineSnapshot(`"cart.yaml:2:1: Missing closing "quote."`);
    expect(plain('cart:\n\tport: 80\n')).toMatchInlineSnapshot(`"cart.yaml:2:1: Tabs are not allowed as indentation."`);
    expect(plain('cart: shop: till\n')).toMatchInlineSnapshot(
      `"cart.yaml:1:7: Nested mappings are not allowed in compact mappings."`,
    );
  });

  it('of a key that stands twice', () => {
    expect(plain('cart: a\nport: 1\ncart: b\n')).toMatchInlineSnapshot(
      `"cart.yaml:3:1: This key stands in the same map twice."`,
    );
  });

  it('of a second document', () => {
    expect(plain('cart: a\n---\ncart: b\n')).toMatchInlineSnapshot(
      `"cart.yaml:2:1: A second document starts here; a file holds one."`,
    );
  });

  it('of an unknown tag', () => {
    expect(plain('cart: !till a\n')).toMatchInlineSnapshot(`"cart.yaml:1:7: Unresolved tag: !till."`);
    expect(plain('cart: !!js/function "() => 1"\n')).toMatchInlineSnapshot(
      `"cart.yaml:1:7: Unresolved tag: tag:yaml.org,2002:js/function."`,
    );
  });

  it('of an alias that leads nowhere, or everywhere', () => {
    expect(plain('port: 1\ncart: *till\n')).toMatchInlineSnapshot(
      `"cart.yaml:2:7: Unresolved alias (the anchor must be set before the alias): till."`,
    );
    const laughs = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [one, two] of ['ab', 'bc', 'cd', 'de'])
      laughs.push(`${two}: &${two} [${Array(10).fill(`*${one}`).join(', ')}]`);
    expect(plain(laughs.join('\n'))).toMatchInlineSnapshot(
      `"cart.yaml:2:8: Excessive alias count indicates a resource exhaustion attack."`,
    );
  });

  it('of an unknown key', () => {
    expect(plain('cart: a\ntill: b\nbasket: c\n')).toMatchInlineSnapshot(`
      "cart.yaml:2:1 till: There is no key "till" here.
      cart.yaml:3:1 basket: There is no key "basket" here."
    `);
  });

  it('of a missing key', () => {
    expect(plain('port: 80\n')).toMatchInlineSnapshot(`"cart.yaml:1:1 cart: The key "cart" is missing."`);
    expect(plain('')).toMatchInlineSnapshot(`"cart.yaml:1:1: Expected a map, found nothing."`);
  });

  it('of a value of another type', () => {
    expect(plain('cart: 80\nport: http\n')).toMatchInlineSnapshot(`
      "cart.yaml:1:1 cart: Expected text, found 80.
      cart.yaml:2:1 port: Expected a number, found "http"."
    `);
    expect(plain('cart: [a]\nport: 1.5\n')).toMatchInlineSnapshot(`
      "cart.yaml:1:1 cart: Expected text, found a list.
      cart.yaml:2:1 port: Expected a whole number, found 1.5."
    `);
    expect(plain('- cart\n')).toMatchInlineSnapshot(`"cart.yaml:1:1: Expected a map, found a list."`);
  });

  it('of a word that is not among those allowed', () => {
    expect(problemsOf('stage: srevice', causeSchema.pick({ stage: true }))).toMatchInlineSnapshot(
      `"cart.yaml:1:1 stage: Expected pod, connectivity, policy, service, kube-proxy, dns, cni, mtu-conntrack, ingress, exposure, egress or intermittent, found "srevice"."`,
    );
  });

  it('under a key that is not written as text', () => {
    expect(problemsOf('80: a\ntrue: 1\n', z.record(z.string(), z.string()))).toMatchInlineSnapshot(
      `"cart.yaml:2:1 true: Expected text, found 1."`,
    );
  });
});

describe('readYaml reports the branch of a union that was meant', () => {
  it('for a node that lacks a key', () => {
    expect(runbook('    step: cart-exists\n    on: { exists: { healthy } }\n')).toMatchInlineSnapshot(
      `"cart.yaml:6:3 nodes.first.otherwise: The key "otherwise" is missing."`,
    );
    expect(
      runbook('    ask: { en: Slow?, zh-CN: 慢吗? }\n    on: { yes: first }\n    otherwise: first\n'),
    ).toMatchInlineSnapshot(`"cart.yaml:6:3 nodes.first.answers: The key "answers" is missing."`);
  });

  it('for a slip in a key', () => {
    expect(runbook('    stepp: cart-exists\n    on: {}\n    otherwise: first\n')).toMatchInlineSnapshot(`
      "cart.yaml:6:3 nodes.first.step: The key "step" is missing.
      cart.yaml:7:5 nodes.first.stepp: There is no key "stepp" here."
    `);
    expect(
      runbook('    step: cart-exists\n    on:\n      exists: { cuase: SVC-01 }\n    otherwise: first\n'),
    ).toMatchInlineSnapshot(
      `"cart.yaml:9:7 nodes.first.on.exists: Expected text, {cause}, {healthy}, {inconclusive} or {runbook}, found {cuase}."`,
    );
  });

  it('for a target of another type', () => {
    expect(
      runbook('    step: cart-exists\n    on:\n      exists: 3\n      missing:\n    otherwise: first\n'),
    ).toMatchInlineSnapshot(`
      "cart.yaml:9:7 nodes.first.on.exists: Expected text or a map, found 3.
      cart.yaml:10:7 nodes.first.on.missing: Expected text or a map, found nothing."
    `);
    expect(runbook('    step: cart-exists\n    on: {}\n    otherwise: { healthy: true }\n')).toMatchInlineSnapshot(
      `"cart.yaml:9:18 nodes.first.otherwise.healthy: Expected nothing, found true."`,
    );
    expect(
      runbook('    step: cart-exists\n    on: {}\n    otherwise: { runbook: till, flow: back }\n'),
    ).toMatchInlineSnapshot(
      `"cart.yaml:9:33 nodes.first.otherwise.flow: Expected same, to-endpoint or swapped, found "back"."`,
    );
  });

  it('for a node that is no node', () => {
    expect(runbook('    just text\n')).toMatchInlineSnapshot(
      `"cart.yaml:6:3 nodes.first: Expected a map, found "just text"."`,
    );
  });
});

describe('readYaml', () => {
  it('takes a document that the build has parsed', () => {
    const read = readYaml({ id: 'cart', path: 'cart.yaml', data: { cart: 1 } }, z.strictObject({ cart: z.string() }));
    expect(read.problems).toEqual([
      { file: 'cart.yaml', line: 1, column: 1, path: 'cart', message: 'Expected text, found 1.' },
    ]);
  });

  it('places a later problem at the key, or where it should stand', () => {
    const { at } = readYaml({ id: 'cart', path: 'cart.yaml', source: 'a:\n  b: 1\n  c: [x, y]\n' }, z.json());
    const place = (...path: PropertyKey[]) => [at(path, '').line, at(path, '').column];
    expect([place('a', 'b'), place('a', 'c', 1), place('a', 'z', 'q'), place('z'), place()]).toEqual([
      [2, 3],
      [3, 10],
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
  });
});
