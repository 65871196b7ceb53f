import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cycleWithoutQuestion, edges, pathsOverAllEdges, reachable } from '../../src/catalog/paths.js';
import type { Runbook, Target } from '../../src/domain/runbook.js';

type Tree = Pick<Runbook, 'start' | 'nodes'>;
const phrase = { en: 'Slow?', 'zh-CN': '慢吗?' };
const step = (on: Record<string, Target>, otherwise: Target) => ({ step: 'cart-exists', on, otherwise });
const ask = (on: Record<string, Target>, otherwise: Target) => ({ ask: phrase, answers: {}, on, otherwise });
const healthy = { healthy: null };

const tree: Tree = {
  start: 'cart',
  nodes: {
    cart: step({ exists: 'slow', missing: { cause: 'SVC-01' } }, 'slow'),
    slow: ask({ yes: 'cart', no: healthy }, { inconclusive: null }),
    till: step({ open: 'cart' }, 'till'),
  },
};

describe('reachable', () => {
  it('follows every route from the start, and none that leads out of the tree', () => {
    expect([...reachable(tree)].sort()).toEqual(['cart', 'slow']);
    expect([...reachable({ ...tree, nodes: { cart: step({ a: 'toString' }, 'gone') } })]).toEqual(['cart']);
  });
});

describe('cycleWithoutQuestion', () => {
  it.each<[string, Tree['nodes'], string[] | undefined]>([
    ['a cycle with a question', { cart: step({}, 'slow'), slow: ask({}, 'cart') }, undefined],
    ['a cycle of steps', { cart: step({}, 'till'), till: step({ a: healthy }, 'cart') }, ['cart', 'till', 'cart']],
    ['a node that leads to itself', { cart: step({ a: healthy }, 'cart') }, ['cart', 'cart']],
    [
      'a cycle behind a question',
      { slow: ask({ yes: 'cart' }, healthy), cart: step({}, 'till'), till: step({}, 'cart') },
      ['cart', 'till', 'cart'],
    ],
    ['two ways to one node', { cart: step({ a: 'till', b: 'till' }, 'till'), till: step({}, healthy) }, undefined],
  ])('%s', (_, nodes, cycle) => expect(cycleWithoutQuestion({ start: 'cart', nodes })).toEqual(cycle));
});

describe('pathsOverAllEdges', () => {
  it('goes from the start over each edge to an end', () => {
    const written = pathsOverAllEdges(tree).map((path) => path.map(({ from, by }) => `${from}:${by}`).join(' '));
    expect(written).toEqual([
      'cart:exists slow:no',
      'cart:missing',
      'cart:otherwise slow:no',
      'cart:exists slow:yes cart:missing',
      'cart:exists slow:no',
      'cart:exists slow:otherwise',
    ]);
  });

  it('covers every reachable edge of any tree, joins each edge to the next, and starts at the start', () => {
    const names = ['cart', 'checkout', 'payments', 'till'];
    const target = fc.oneof(fc.constantFrom(...names), fc.constant(healthy)) as fc.Arbitrary<Target>;
    const node = fc.record({
      step: fc.constant('cart-exists'),
      on: fc.dictionary(fc.constantFrom('a', 'b', 'c'), target),
      otherwise: target,
    });
    const trees = fc
      .tuple(...names.map(() => node))
      .map((nodes) => ({ start: 'cart', nodes: Object.fromEntries(nodes.map((one, index) => [names[index], one])) }));
    fc.assert(
      fc.property(trees, (any) => {
        const paths = pathsOverAllEdges(any);
        const key = ({ from, by }: { from: string; by: string }) => `${from}:${by}`;
        const seen = reachable(any);
        expect(new Set(paths.flat().map(key))).toEqual(
          new Set(
            edges(any)
              .filter(({ from }) => seen.has(from))
              .map(key),
          ),
        );
        for (const path of paths) {
          expect(path[0]?.from).toBe('cart');
          path.slice(1).forEach((edge, index) => {
            expect(path[index]?.to).toBe(edge.from);
          });
        }
      }),
    );
  });
});
