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
      ({ resource, verb, subresource }) => !(resource in kinds && verb !== 'create' && !subresource),
    );
    expect(others).toEqual([
      { verb: 'get', group: '', resource: 'pods', subresource: 'log', level: 'observe' },
      { verb: 'create', group: 'authorization.k8s.io', resource: 'selfsubjectrulesreviews', level: 'observe' },
      { verb: 'create', group: '', resource: 'pods', subresource: 'exec', level: 'probe' },
    ]);
    expect(permissions.some(({ resource }) => resource === 'secrets')).toBe(false);
  });

  it.each(Object.entries(kinds))('reads %s at level observe, in its own group only', (resource, { group }) => {
    for (const verb of ['get', 'list'] as const) expect(isAllowed({ verb, group, resource }, 'observe')).toBe(true);
    expect(isAllowed({ verb: 'create', group, resource }, 'change')).toBe(false);
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
