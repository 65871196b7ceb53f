import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../../src/clean/redact.js';
import { sanitise, sanitiseJson } from '../../../src/clean/sanitise.js';
import type { CannotLook } from '../../../src/domain/cannot-look.js';
import type { Kind } from '../../../src/domain/kinds.js';
import { createKube } from '../../../src/ports/live/kube.js';
import { json, startApi, status } from './imitation/api.js';
import { never, targetAt, wire } from './imitation/target.js';

const refused = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as CannotLook,
  );
const pods = { port: 'kube', verb: 'list', kind: 'pods', namespace: 'shop' } as const;
const cart = { port: 'kube', verb: 'get', kind: 'pods', namespace: 'shop', name: 'cart' } as const;

describe('list', () => {
  it('reads page by page and puts the selectors into every one', async () => {
    const api = await startApi((request, response) => {
      const page = new URL(request.url ?? '', 'http://x').searchParams.get('continue');
      const metadata = page ? {} : { continue: 'page 2' };
      json(response, 200, {
        kind: 'PodList',
        metadata,
        items: [{ metadata: { name: page ? 'checkout' : 'cart', managedFields: [1] } }],
      });
    });
    const { kube } = wire(targetAt(api.url));
    const found = await kube.list(
      { ...pods, labels: { app: 'shop', 'shop.example/tier': '' }, fields: { 'spec.nodeName': 'a,b=c' } },
      never,
    );
    expect(found).toEqual([{ metadata: { name: 'cart' } }, { metadata: { name: 'checkout' } }]);
    const queries = api.asked.map(({ url }) => Object.fromEntries(new URL(url ?? '', 'http://x').searchParams));
    const selectors = { labelSelector: 'app=shop,shop.example/tier=', fieldSelector: 'spec.nodeName=a\\,b\\=c' };
    expect(queries).toEqual([
      { ...selectors, limit: '500' },
      { ...selectors, limit: '500', continue: 'page 2' },
    ]);
  });

  it('starts over without pages when its place in the list is gone', async () => {
    const api = await startApi((request, response) => {
      if (request.url?.includes('continue'))
        return json(response, 410, status(410, 'Expired', 'The provided continue parameter is too old'));
      const whole = !request.url?.includes('limit');
      return json(response, 200, { metadata: { continue: 'old' }, items: whole ? [{ a: 1 }, { a: 2 }] : [{ a: 1 }] });
    });
    expect(await wire(targetAt(api.url)).kube.list(pods, never)).toEqual([{ a: 1 }, { a: 2 }]);
    expect(api.asked).toHaveLength(3);
  });

  it('treats items that are null as none', async () => {
    const api = await startApi((_, response) => json(response, 200, { kind: 'PodList', items: null }));
    expect(await wire(targetAt(api.url)).kube.list(pods, never)).toEqual([]);
  });

  it('never reads a namespaced kind in all namespaces, and sends no forged selector', async () => {
    const api = await startApi((_, response) => json(response, 200, { items: [] }));
    const { kube } = wire(targetAt(api.url));
    await expect(kube.list({ port: 'kube', verb: 'list', kind: 'pods' }, never)).rejects.toThrow(
      'a namespace is needed',
    );
    await expect(kube.list({ ...pods, labels: { app: 'x,tier in (y)' } }, never)).rejects.toThrow(
      'not part of a selector',
    );
    expect(api.asked).toHaveLength(0);
    await kube.list({ port: 'kube', verb: 'list', kind: 'nodes' }, never);
    expect(api.paths()).toEqual(['/api/v1/nodes?limit=500']);
  });

  it('reads what fields select in all namespaces, where that is said', async () => {
    const api = await startApi((_, response) => json(response, 200, { items: [] }));
    await wire(targetAt(api.url)).kube.list({ ...pods, namespace: '*', fields: { 'spec.nodeName': 'node-a' } }, never);
    expect(api.paths()).toEqual(['/api/v1/pods?fieldSelector=spec.nodeName%3Dnode-a&limit=500']);
  });
});

describe('get', () => {
  it('keeps of managedFields who changed last what is wanted, and when', async () => {
    const written = { operation: 'Update', apiVersion: 'v1', fieldsType: 'FieldsV1', fieldsV1: { 'f:spec': {} } };
    const managedFields = [
      { ...written, manager: 'kubectl-client-side-apply', time: '2026-11-21T09:12:44Z' },
      { ...written, manager: 'kubectl-edit', time: '2026-11-21T10:02:01Z' },
      { ...written, manager: 'kubelet', time: '2026-11-21T10:40:00Z', subresource: 'status' },
    ];
    const api = await startApi((_, response) => json(response, 200, { metadata: { name: 'cart', managedFields } }));
    expect(await wire(targetAt(api.url)).kube.get(cart, never)).toEqual({
      metadata: { name: 'cart', managedFields: [{ manager: 'kubectl-edit', time: '2026-11-21T10:02:01Z' }] },
    });
  });

  it('answers null for an object that does not exist', async () => {
    const api = await startApi((_, response) =>
      json(response, 404, status(404, 'NotFound', 'pods "cart" not found', { name: 'cart', kind: 'pods' })),
    );
    expect(await wire(targetAt(api.url)).kube.get(cart, never)).toBeNull();
  });

  it('does not take a kind that is not served for an object that does not exist', async () => {
    const api = await startApi((_, response) =>
      json(response, 404, status(404, 'NotFound', 'the server could not find the requested resource')),
    );
    expect(await refused(wire(targetAt(api.url)).kube.get(cart, never))).toMatchObject({ code: 'not-served' });
  });
});

describe('a right that is missing', () => {
  const forbid = (message: string) => startApi((_, response) => json(response, 403, status(403, 'Forbidden', message)));

  it('is named in the words of RBAC', async () => {
    const api = await forbid(
      'pods is forbidden: User "viewer" cannot list resource "pods" in API group "" in the namespace "shop"',
    );
    const error = await refused(wire(targetAt(api.url)).kube.list(pods, never));
    expect(error).toMatchObject({
      code: 'forbidden',
      missing: { verb: 'list', resource: 'pods', group: '', namespace: 'shop' },
    });
    expect(error).not.toHaveProperty('why');
  });

  it('follows from the request where the words are others', async () => {
    const api = await forbid('admission said no');
    const missing = { verb: 'get', resource: 'pods', group: '', namespace: 'shop' };
    expect(await refused(wire(targetAt(api.url)).kube.get(cart, never))).toMatchObject({ code: 'forbidden', missing });
  });

  it.each([
    ['unauthenticated', 'pods is forbidden: User "system:anonymous" cannot list resource "pods" in API group ""'],
    [
      'forbidden',
      'users "auditor" is forbidden: User "cashier" cannot impersonate resource "users" in API group "" at the cluster scope',
    ],
  ])('means that the whole API is out of reach: %s', async (why, message) => {
    const api = await forbid(message);
    expect(await refused(wire(targetAt(api.url)).kube.list(pods, never))).toMatchObject({ code: 'forbidden', why });
  });
});

describe('a kind of a plugin that may not be read', () => {
  const cannot = (resource: string) => `User "viewer" cannot list resource "${resource}" in API group "x"`;
  const group = (name: string, ...versions: string[]) => ({
    name,
    versions: versions.map((version) => ({ version, groupVersion: `${name}/${version}` })),
  });
  const served = {
    '/apis': { groups: [group('apps', 'v1'), group('policy.networking.k8s.io', 'v1alpha1')] },
    '/apis/policy.networking.k8s.io/v1alpha1': {
      resources: [{ name: 'adminnetworkpolicies' }, { name: 'adminnetworkpolicies/status' }],
    },
  };
  const forbidding = async (discovery: Readonly<Record<string, object>>) => {
    const api = await startApi((request, response) => {
      const path = (request.url ?? '').split('?')[0] ?? '';
      const found = discovery[path];
      if (found) return json(response, 200, found);
      return json(response, 403, status(403, 'Forbidden', cannot(path.split('/').at(-1) ?? '')));
    });
    const { kube } = wire(targetAt(api.url));
    const codeOf = async (kind: Kind) =>
      (await refused(kube.list({ port: 'kube', verb: 'list', kind, namespace: 'shop' }, never)))?.code;
    return {
      ...{ kube, codeOf, paths: api.paths },
      discovered: () => api.paths().filter((path) => path?.match(/^\/apis($|\/[^/]+\/[^/]+$)/)),
    };
  };

  it('is not there where discovery does not list it, and is refused where it does', async () => {
    const { kube, codeOf, discovered } = await forbidding(served);
    expect(await codeOf('ciliumnetworkpolicies.cilium.io')).toBe('not-served');
    expect(await codeOf('adminnetworkpolicies.policy.networking.k8s.io')).toBe('forbidden');
    expect(await codeOf('baselineadminnetworkpolicies.policy.networking.k8s.io')).toBe('not-served');
    expect(await codeOf('clusternetworkpolicies.policy.networking.k8s.io')).toBe('not-served');
    const one = { port: 'kube', verb: 'get', kind: 'tiers.projectcalico.org', name: 'default' } as const;
    expect(await refused(kube.get(one, never))).toMatchObject({ code: 'not-served' });
    expect(discovered()).toEqual(['/apis', '/apis/policy.networking.k8s.io/v1alpha1']);
  });

  it('asks once, in the place of many whose groups are not there, and never for a kind of Kubernetes itself', async () => {
    const { codeOf, discovered, paths } = await forbidding(served);
    expect(await codeOf('networkpolicies')).toBe('forbidden');
    expect(discovered()).toEqual([]);
    const before = paths().length;
    const kinds = [
      'ciliumnetworkpolicies.cilium.io',
      'tiers.projectcalico.org',
      'tiers.crd.projectcalico.org',
    ] as const;
    expect(await Promise.all(kinds.map(codeOf))).toEqual(kinds.map(() => 'not-served'));
    expect(paths().slice(before)).toEqual(['/apis']);
  });

  it.each([
    ['is refused', {}],
    ['is no discovery', { '/apis': { paths: ['/apis'] } }],
  ])('stays refused where discovery %s', async (_, discovery) => {
    expect(await (await forbidding(discovery)).codeOf('ciliumnetworkpolicies.cilium.io')).toBe('forbidden');
  });
});

it('asks for the own rights with one review', async () => {
  const rule = { verbs: ['get'], apiGroups: [''], resources: ['pods'] };
  const api = await startApi((request, response) => {
    let body = '';
    request.on('data', (text) => (body += text));
    request.on('end', () =>
      json(response, 201, { spec: JSON.parse(body).spec, status: { incomplete: true, resourceRules: [rule] } }),
    );
  });
  const rules = await wire(targetAt(api.url)).kube.rules({ port: 'kube', verb: 'rules', namespace: 'shop' }, never);
  expect(rules).toEqual({ rules: [{ ...rule, resourceNames: [] }], incomplete: true });
  expect(api.asked.map(({ method, url }) => [method, url])).toEqual([
    ['POST', '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews'],
  ]);
});

it('cleans whatever leaves the port: objects, logs and the words of a refusal', async () => {
  const token = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJzaG9wIn0.c2lnbmF0dXJlLW9mLXRoZS1zaG9w';
  const hostile = `\u001b[31mpaid\u001b[0m with Bearer ${token}`;
  const api = await startApi((request, response) => {
    if (request.url?.includes('/log')) response.end(hostile);
    else if (request.url?.includes('nodes')) json(response, 403, status(403, 'Forbidden', hostile));
    else json(response, 200, { metadata: { name: 'cart', annotations: { note: hostile } } });
  });
  const redactor = createRedactor({ profile: 'default', salt: 'till' });
  const clean = {
    cleanText: (text: string) => redactor.text(sanitise(text)),
    cleanJson: <T>(value: T) => redactor.value(sanitiseJson(value)),
  };
  const kube = createKube(wire(targetAt(api.url)).transport, clean);
  const said = [
    JSON.stringify(await kube.get(cart, never)),
    await kube.logs({ port: 'kube', verb: 'logs', pod: { namespace: 'shop', name: 'cart' }, tailLines: 5 }, never),
    (await refused(kube.get({ port: 'kube', verb: 'get', kind: 'nodes', name: 'till' }, never)))?.message ?? '',
  ];
  for (const text of said) {
    expect(text).toContain('paid');
    expect(text).not.toContain(token);
    expect(text).not.toMatch(/\u001b|\\u001b/);
  }
});

it('asks for the end of a log, of one container, of the run before', async () => {
  const api = await startApi((_, response) => response.end('cart is open\n'));
  const pod = { namespace: 'shop', name: 'cart', container: 'till' };
  const call = { port: 'kube', verb: 'logs', pod, previous: true, tailLines: 20 } as const;
  expect(await wire(targetAt(api.url)).kube.logs(call, never)).toBe('cart is open\n');
  expect(api.paths()).toEqual([
    '/api/v1/namespaces/shop/pods/cart/log?container=till&previous=true&tailLines=20&limitBytes=4194304',
  ]);
});
