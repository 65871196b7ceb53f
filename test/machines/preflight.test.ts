import { describe, expect, it } from 'vitest';
import type { CatalogRunbook } from '../../src/catalog/catalog.js';
import { CannotLook } from '../../src/domain/cannot-look.js';
import { flowBetween, readEnd } from '../../src/domain/ends.js';
import type { Flow } from '../../src/domain/flow.js';
import type { Call, World } from '../../src/domain/ports.js';
import { preflight } from '../../src/machines/preflight.js';
import type { FakeObjects } from '../support/fake-world.js';
import { cartSilent, catalogOf, shopWorld, toCart } from './shop.js';

const never = new AbortController().signal;

const ready = (
  asked: Flow,
  world: World = shopWorld(),
  { books, ...more }: { symptom?: string; level?: 'observe' | 'probe' | 'node'; books?: CatalogRunbook['flow'] } = {},
) => {
  const settled: unknown[] = [];
  const all = catalogOf();
  const nodes: Record<string, CatalogRunbook> = books
    ? { 'node-silent': { ...cartSilent, id: 'node-silent', flow: books } }
    : {};
  const catalog = { ...all, runbooks: { ...all.runbooks, ...nodes } };
  const input = { world, catalog, asked, level: 'probe', ...more } as const;
  return preflight({ ...input, onSettled: (flow, { id }) => void settled.push([flow.from, id]) }, never).then(
    (found) => ({
      ...found,
      settled,
    }),
  );
};

const between = (from: string, to = 'svc/shop/cart') => flowBetween(readEnd(from, 'shop'), readEnd(to, 'shop'));

/** A world that gives its own answer to some calls. */
const answering = (world: World, answer: (call: Call) => unknown): World => ({
  ...world,
  ask: async (call, signal) => (answer(call) ?? (await world.ask(call, signal))) as never,
});

const web = {
  metadata: { namespace: 'shop', name: 'web' },
  spec: { selector: { matchLabels: { app: 'web' } }, template: {} },
};
type Pod = NonNullable<FakeObjects['pods']>[number];
const pod = (
  name: string,
  status: 'True' | 'False',
  more: { node?: string; phase?: string; app?: string } = {},
): Pod => ({
  metadata: { namespace: 'shop', name, labels: { app: more.app ?? 'web' } },
  spec: { nodeName: more.node ?? 'node-a' },
  status: { phase: more.phase ?? 'Running', conditions: [{ type: 'Ready', status }] },
});
const workload = (pods: readonly Pod[]) => shopWorld({}, { deployments: [web as never], pods });

describe('preflight chooses the runbook', () => {
  it('from the two ends', async () => {
    const { runbook, flow, settled, k8sVersion, pods } = await ready(toCart);
    expect([runbook.id, k8sVersion, pods]).toEqual(['cart-silent', 'v1.35.0', []]);
    expect(flow).toEqual(toCart);
    expect(settled).toEqual([[toCart.from, 'cart-silent']]);
  });

  it.each([
    [
      'a symptom nobody knows',
      toCart,
      'cart-silnt',
      'There is no runbook for the symptom "cart-silnt". Near: cart-silent.',
    ],
    [
      'a word of every object',
      toCart,
      'constructor',
      'There is no runbook for the symptom "constructor". Known: cart-silent.',
    ],
    [
      'ends that the symptom does not have',
      between('node/node-a'),
      'cart-silent',
      'The runbook "cart-silent" walks from pod to service, not from node to service.',
    ],
    [
      'ends that no runbook has',
      between('pod/web', 'host/example.com'),
      undefined,
      'No runbook walks from pod to host yet. Known symptoms: cart-silent.',
    ],
  ])('and refuses %s', async (_, flow, symptom, sentence) => {
    await expect(ready(flow, shopWorld(), symptom ? { symptom } : {})).rejects.toThrow(sentence);
  });
});

describe('preflight looks from a Pod of a workload', () => {
  it('from an unhealthy one first, then from as many nodes as there are', async () => {
    const { flow, pods } = await ready(
      between('deploy/web'),
      workload([
        pod('web-a', 'True'),
        pod('web-b', 'False'),
        pod('web-c', 'True'),
        pod('web-d', 'True', { node: 'node-b' }),
      ]),
    );
    expect(flow.from).toEqual({ kind: 'pod', namespace: 'shop', name: 'web-b' });
    expect(pods).toEqual(['web-b', 'web-a', 'web-d']);
  });

  it('from none that has ended, and none of another workload', async () => {
    const { pods } = await ready(
      between('deploy/web'),
      workload([
        pod('web-old', 'False', { phase: 'Failed' }),
        pod('cart-a', 'False', { app: 'cart' }),
        pod('web-a', 'True'),
      ]),
    );
    expect(pods).toEqual(['web-a']);
  });

  it.each([
    ['there is no such workload', between('deploy/till'), workload([]), 'There is no deployment shop/till.'],
    ['it has no Pod', between('deploy/web'), workload([]), 'deployments shop/web has no Pod to look from.'],
    [
      'it selects by expressions',
      between('deploy/web'),
      shopWorld(
        {},
        {
          deployments: [{ ...web, spec: { selector: { matchExpressions: [] } } } as never],
          pods: [pod('cart', 'True')],
        },
      ),
      'name one of them, pod/shop/POD',
    ],
  ])('and says so where %s', async (_, flow, world, sentence) => {
    await expect(ready(flow, world)).rejects.toThrow(sentence);
  });
});

describe('preflight reads what is allowed', () => {
  const rule = (resources: string[], verbs: string[], apiGroups = ['']) => ({
    resources,
    verbs,
    apiGroups,
    resourceNames: [],
  });
  const withRules = (rules: unknown[], incomplete = false) =>
    answering(shopWorld(), (call) => ('verb' in call && call.verb === 'rules' ? { rules, incomplete } : undefined));

  it('and names each right that is missing, derived from the steps of the level', async () => {
    const world = withRules([rule(['services'], ['get', 'list']), rule(['*'], ['get'], ['discovery.k8s.io'])]);
    expect((await ready(toCart, world)).access).toEqual({
      allowed: ['get endpointslices.discovery.k8s.io in shop', 'get services in shop', 'list services in shop'],
      denied: ['list endpointslices.discovery.k8s.io in shop', 'create pods/exec in shop'],
    });
    expect((await ready(toCart, world, { level: 'observe' })).access.denied).toEqual([
      'list endpointslices.discovery.k8s.io in shop',
    ]);
  });

  it('and calls nothing denied where the list of rules is not whole', async () => {
    expect((await ready(toCart, withRules([], true))).access).toEqual({ allowed: [], denied: [] });
  });

  it('and goes on where it may read neither rules nor version', async () => {
    const refusing = answering(shopWorld(), (call) => {
      if ('verb' in call && (call.verb === 'rules' || call.verb === 'version')) throw new CannotLook('forbidden', 'no');
      return undefined;
    });
    expect(await ready(toCart, refusing)).toMatchObject({ k8sVersion: null, access: { allowed: [], denied: [] } });
  });

  it('and ends where the API does not answer', async () => {
    const gone = answering(shopWorld(), () => {
      throw new CannotLook('lost', 'connection refused');
    });
    await expect(ready(toCart, gone)).rejects.toThrow('connection refused');
  });

  it('and does without the API between two nodes that may be entered', async () => {
    const gone = answering(shopWorld(), () => {
      throw new CannotLook('lost', 'connection refused');
    });
    for (const to of ['node/node-b', 'ip/192.0.2.7:80', 'host/www.example.com:443']) {
      const flow = between('node/192.0.2.1', to);
      const books: CatalogRunbook['flow'] = { from: ['node'], to: ['node', 'ip', 'host'] };
      expect(await ready(flow, gone, { level: 'node', books })).toMatchObject({ flow, k8sVersion: null });
    }
  });
});
