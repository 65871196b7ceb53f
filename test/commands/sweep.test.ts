import { describe, expect, it } from 'vitest';
import { most } from '../../src/commands/seen.js';
import { sweep } from '../../src/commands/sweep.js';
import { CannotLook } from '../../src/domain/cannot-look.js';
import type { World } from '../../src/domain/ports.js';
import { type FakeAnswers, type FakeObjects, fakeWorld } from '../support/fake-world.js';

const signal = new AbortController().signal;

const service = (name: string, spec: object = { selector: { app: name } }) => ({
  metadata: { name, namespace: 'shop' },
  spec,
});

const slice = (name: string, ready: readonly boolean[], changed?: string) => ({
  metadata: {
    name: `${name}-x2v9`,
    namespace: 'shop',
    labels: { 'kubernetes.io/service-name': name },
    ...(changed ? { annotations: { 'endpoints.kubernetes.io/last-change-trigger-time': changed } } : {}),
  },
  addressType: 'IPv4',
  endpoints: ready.map((isReady, at) => ({ addresses: [`10.0.0.${at + 1}`], conditions: { ready: isReady } })),
});

const node = (name: string, status: string) => ({
  metadata: { name },
  status: { conditions: [{ type: 'Ready', status, lastTransitionTime: '2026-11-20T02:09:40Z' }] },
});

const dns = (name: string, ready: string) => ({
  metadata: { name, namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
  status: { conditions: [{ type: 'Ready', status: ready }] },
});

const sound = {
  services: [service('cart')],
  endpointslices: [slice('cart', [true])],
  nodes: [node('node-a', 'True')],
  pods: [dns('coredns-1', 'True'), dns('coredns-2', 'True')],
} as const;

const steps = {};

const over = (objects: FakeObjects, answers: FakeAnswers = {}) => {
  const world = fakeWorld(objects, answers);
  return { ...world, look: () => sweep({ world, namespace: 'shop', catalog: { steps }, signal }) };
};

const linesOf = async (objects: FakeObjects, answers?: FakeAnswers) => {
  const { seen } = await over(objects, answers).look();
  return seen.map(({ result, key, facts }) => [result, key, facts]);
};

describe('a first look at a namespace', () => {
  it('raises nothing where all is well', async () => {
    expect(await linesOf(sound)).toEqual([
      ['pass', 'services-ready', { count: 1, namespace: 'shop' }],
      ['pass', 'nodes-ready', { count: 1 }],
      ['pass', 'dns', { ready: 2, all: 2 }],
    ]);
  });

  it('takes five requests, and no list without a limit', async () => {
    const { calls, look } = over(sound);
    await look();
    expect(calls).toHaveLength(5);
    expect(calls.filter((call) => 'verb' in call && call.verb === 'list' && call.limit !== most)).toEqual([]);
  });

  it.each([
    ['none of its endpoints is ready', [slice('cart', [false, false], '2026-11-20T01:58:12Z')], 'none-ready-since', 2],
    ['it has a slice without endpoints', [slice('cart', [])], 'none-listed', 0],
    ['it has no slice', [], 'none-listed', 0],
  ])('names a Service where %s', async (_, endpointslices, key, all) => {
    const [worst] = await linesOf({ ...sound, endpointslices });
    expect(worst).toMatchObject(['fail', key, { service: 'shop/cart', all }]);
  });

  it.each([
    ['fills its endpoints by hand', { clusterIP: '10.96.0.1' }],
    ['is only a name', { type: 'ExternalName', externalName: 'pay.example.com', selector: { app: 'pay' } }],
  ])('expects nothing of a Service that %s', async (_, spec) => {
    const lines = await linesOf({ ...sound, services: [service('cart'), service('pay', spec)] });
    expect(lines[0]).toEqual(['pass', 'services-ready', { count: 1, namespace: 'shop' }]);
  });

  it('counts an endpoint that still serves while it terminates', async () => {
    const leaving = slice('cart', [false]);
    const endpoints = [{ addresses: ['10.0.0.1'], conditions: { ready: false, serving: true, terminating: true } }];
    const lines = await linesOf({ ...sound, endpointslices: [{ ...leaving, endpoints }] });
    expect(lines[0]?.[0]).toBe('pass');
  });

  it('says since when a node is away', async () => {
    const [worst] = await linesOf({ ...sound, nodes: [node('node-a', 'True'), node('node-b', 'Unknown')] });
    expect(worst).toEqual(['warn', 'node-not-ready-since', { node: 'node-b', since: '02:09:40Z' }]);
  });

  it('says in one line what may not be read, and never takes it for fine', async () => {
    const lines = await linesOf(sound, { deny: ['endpointslices', 'nodes'] });
    expect(lines).toEqual([
      ['error', 'denied', { what: ['endpointslices', 'nodes'] }],
      ['pass', 'dns', { ready: 2, all: 2 }],
    ]);
  });

  it('does not judge a Service whose slices were left unread', async () => {
    const endpointslices = Array.from({ length: most }, () => slice('cart', [true]));
    const lines = await linesOf({ ...sound, services: [service('cart'), service('pay')], endpointslices });
    expect(lines).toContainEqual(['pass', 'services-ready', { count: 1, namespace: 'shop' }]);
    expect(lines).toContainEqual(['skip', 'only-first', { what: 'endpointslices', count: most }]);
  });

  it('says once that the cluster is away', async () => {
    const world = {
      ...fakeWorld({}),
      ask: () => Promise.reject(new CannotLook('lost', 'The API server does not answer.')),
    } as World;
    const { seen, access } = await sweep({ world, namespace: 'shop', catalog: { steps }, signal });
    expect(seen).toEqual([
      { result: 'error', key: 'cannot-look', facts: { message: 'The API server does not answer.' } },
    ]);
    expect(access).toEqual([]);
  });
});
