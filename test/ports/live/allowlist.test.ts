import { describe, expect, it } from 'vitest';
import { InvalidName } from '../../../src/clean/names.js';
import { kinds } from '../../../src/domain/kinds.js';
import { levels } from '../../../src/domain/level.js';
import { isAllowed, NotAllowed, permissions } from '../../../src/ports/live/allowlist.js';
import { type ApiRequest, admit } from '../../../src/ports/live/api-request.js';

const pods: ApiRequest = { verb: 'get', group: '', version: 'v1', resource: 'pods', namespace: 'shop', name: 'cart' };

describe('what may be sent', () => {
  it('is this list and nothing else', () => {
    const others = permissions.filter(
      ({ resource, verb, subresource }) => !(resource in kinds && ['get', 'list'].includes(verb) && !subresource),
    );
    expect(others).toEqual([
      { verb: 'get', group: '', resource: 'pods', subresource: 'log', level: 'observe' },
      { verb: 'create', group: 'authorization.k8s.io', resource: 'selfsubjectrulesreviews', level: 'observe' },
      { verb: 'create', group: '', resource: 'pods', subresource: 'exec', level: 'probe' },
      { verb: 'patch', group: '', resource: 'pods', subresource: 'ephemeralcontainers', level: 'probe' },
      { verb: 'create', group: '', resource: 'pods', level: 'probe' },
      { verb: 'delete', group: '', resource: 'pods', level: 'probe' },
    ]);
    expect(permissions.some(({ resource }) => resource === 'secrets')).toBe(false);
  });

  it.each(Object.entries(kinds))('reads %s at level observe, in its own group only', (resource, { group }) => {
    for (const verb of ['get', 'list'] as const) expect(isAllowed({ verb, group, resource }, 'observe')).toBe(true);
    expect(isAllowed({ verb: 'create', group, resource }, 'observe')).toBe(false);
    expect(isAllowed({ verb: 'create', group, resource }, 'change')).toBe(resource === 'pods');
    expect(isAllowed({ verb: 'get', group: 'shop.example', resource }, 'change')).toBe(false);
  });

  it('opens an exec from level probe on', () => {
    const exec = { verb: 'create', group: '', resource: 'pods', subresource: 'exec' } as const;
    expect(levels.map((level) => isAllowed(exec, level))).toEqual([false, true, true, true]);
  });

  it.each([
    ['secrets', { resource: 'secrets' }],
    ['the proxy of a node', { resource: 'nodes', subresource: 'proxy', namespace: undefined }],
    ['an attach', { verb: 'create', subresource: 'attach' }],
    ['a port-forward', { verb: 'create', subresource: 'portforward' }],
    ['an ephemeral container', { subresource: 'ephemeralcontainers' }],
    ['an exec by the verb get', { subresource: 'exec' }],
    ['a pod to be created', { verb: 'create', body: {} }],
    ['a read with a body', { body: {} }],
  ] as [string, Partial<ApiRequest>][])('refuses %s at every level', (_, change) => {
    for (const level of levels) expect(() => admit({ ...pods, ...change }, level)).toThrow(NotAllowed);
  });

  const labels = { 'net-triage/made': 'probe-pod', 'net-triage/session': 'a', 'net-triage/expires': 'b' };
  const ours = { metadata: { name: 'net-triage-a', labels }, spec: { activeDeadlineSeconds: 5 } };
  const uid = { preconditions: { uid: 'u' } };
  const container = (...names: string[]) => ({ spec: { ephemeralContainers: names.map((name) => ({ name })) } });
  const create = { verb: 'create', name: undefined } as const;
  const remove = { verb: 'delete', name: 'net-triage-a' } as const;
  const add = { verb: 'patch', subresource: 'ephemeralcontainers' } as const;

  it.each([
    ['creates a Pod of its own', { ...create, body: ours }, 'POST', '/api/v1/namespaces/shop/pods'],
    ['deletes it', { ...remove, body: uid }, 'DELETE', '/api/v1/namespaces/shop/pods/net-triage-a'],
    [
      ...(['adds a container of its own', { ...add, body: container('net-triage-a') }] as const),
      ...(['PATCH', '/api/v1/namespaces/shop/pods/cart/ephemeralcontainers'] as const),
    ],
  ] as [string, Partial<ApiRequest>, string, string][])('%s from level probe on', (_, change, method, path) => {
    expect(() => admit({ ...pods, ...change }, 'observe')).toThrow(NotAllowed);
    expect(admit({ ...pods, ...change }, 'probe')).toEqual({ method, path });
  });

  it.each([
    ['a Pod without our name', { ...create, body: { ...ours, metadata: { name: 'cart', labels } } }],
    ['a Pod without our labels', { ...create, body: { ...ours, metadata: { name: 'net-triage-a', labels: {} } } }],
    ['a Pod without an end', { ...create, body: { ...ours, spec: {} } }],
    ['the deletion of a Pod by its name alone', { ...remove, body: {} }],
    ['the deletion of a Pod without a word', remove],
    ['the deletion of the Pod of somebody else', { ...remove, name: 'cart', body: uid }],
    ['the deletion of every Pod', { ...remove, name: undefined, body: uid }],
    ['a container with another name', { ...add, body: container('debugger') }],
    ['two containers', { ...add, body: container('net-triage-a', 'net-triage-b') }],
    ['more than a container', { ...add, body: { ...container('net-triage-a'), metadata: {} } }],
    ['a patch of a Pod', { verb: 'patch', body: container('net-triage-a') }],
    ['the deletion of a Service', { verb: 'delete', resource: 'services', name: 'net-triage-a', body: uid }],
  ] as [string, Partial<ApiRequest>][])('refuses %s at every level', (_, change) => {
    for (const level of levels) expect(() => admit({ ...pods, ...change }, level)).toThrow(NotAllowed);
  });

  it.each(['..', '.', '', 'a/b', 'a%2fb', '../secrets/x', 'cart?x=1', 'cart#', ' cart', 'ca\nrt', 'é'])(
    'lets no name %j into a path',
    (name) => {
      expect(() => admit({ ...pods, name }, 'observe')).toThrow(InvalidName);
      expect(() => admit({ ...pods, namespace: name }, 'observe')).toThrow(InvalidName);
    },
  );

  it('derives method and path from the words', () => {
    expect(admit(pods, 'observe')).toEqual({ method: 'GET', path: '/api/v1/namespaces/shop/pods/cart' });
    const slices = { verb: 'list', group: 'discovery.k8s.io', version: 'v1', resource: 'endpointslices' } as const;
    const query = [['labelSelector', 'a=b,c=d']] as const;
    expect(admit({ ...slices, namespace: 'shop', query }, 'observe').path).toBe(
      '/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices?labelSelector=a%3Db%2Cc%3Dd',
    );
    expect(admit('version', 'observe')).toEqual({ method: 'GET', path: '/version' });
  });
});
