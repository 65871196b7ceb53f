import { describe, expect, it } from 'vitest';
import { NotAllowed } from '../../../src/ports/live/allowlist.js';
import { type ApiRequest, versionRequest } from '../../../src/ports/live/api-request.js';
import { admitChange, changePermissions } from '../../../src/ports/live/changes/admit-change.js';

const patch: ApiRequest = {
  ...{ verb: 'patch', group: '', version: 'v1', resource: 'services', namespace: 'shop', name: 'cart', patch: 'merge' },
  body: { spec: { selector: { app: 'cart' } }, metadata: { resourceVersion: '7' } },
};
const removal: ApiRequest = {
  ...{ verb: 'delete', group: '', version: 'v1', resource: 'pods', namespace: 'shop', name: 'cart-1' },
  body: { preconditions: { uid: 'u' } },
};

describe('what a remedy may send', () => {
  it('is this list and nothing else', () => {
    const writing = changePermissions.filter(({ verb }) => verb !== 'get' && verb !== 'list');
    expect(writing.map(({ verb, resource, group }) => `${verb} ${group}/${resource}`).sort()).toEqual([
      'create networking.k8s.io/networkpolicies',
      'delete /pods',
      'delete networking.k8s.io/networkpolicies',
      ...['configmaps', 'namespaces', 'nodes', 'services'].map((kind) => `patch /${kind}`),
      ...['daemonsets', 'deployments', 'replicasets', 'statefulsets'].map((kind) => `patch apps/${kind}`),
      ...['ingresses', 'networkpolicies'].map((kind) => `patch networking.k8s.io/${kind}`),
    ]);
  });

  it('goes out as it was asked for', () => {
    expect(admitChange(patch)).toEqual({
      method: 'PATCH',
      path: '/api/v1/namespaces/shop/services/cart',
      patch: 'merge',
    });
    expect(admitChange(removal)).toEqual({ method: 'DELETE', path: '/api/v1/namespaces/shop/pods/cart-1' });
  });

  it.each([
    ['a patch of any version', { ...patch, body: { spec: { selector: { app: 'cart' } } } }],
    ['a patch of another field', { ...patch, body: { metadata: { resourceVersion: '7', finalizers: [] } } }],
    ['a patch of the status', { ...patch, subresource: 'status' }],
    ['the selector of a Deployment', { ...patch, group: 'apps', resource: 'deployments' }],
    [
      'a taint of a node',
      {
        ...patch,
        resource: 'nodes',
        namespace: undefined,
        body: { spec: { taints: [] }, metadata: { resourceVersion: '7' } },
      },
    ],
    ['a Secret', { ...patch, resource: 'secrets' }],
    ['a Pod of any uid', { ...removal, body: {} }],
    ['all Pods', { ...removal, name: undefined }],
    ['an eviction', { ...removal, verb: 'create', subresource: 'eviction' }],
    [
      'an exec',
      {
        verb: 'create',
        group: '',
        version: 'v1',
        resource: 'pods',
        subresource: 'exec',
        namespace: 'shop',
        name: 'cart-1',
      },
    ],
    ['a Service', { ...removal, resource: 'services' }],
    [
      'a policy for another namespace',
      {
        verb: 'create',
        group: 'networking.k8s.io',
        version: 'v1',
        resource: 'networkpolicies',
        namespace: 'shop',
        body: { kind: 'NetworkPolicy', metadata: { namespace: 'till' }, spec: {} },
      },
    ],
  ] as [string, ApiRequest][])('is not %s', (_, request) => expect(() => admitChange(request)).toThrow(NotAllowed));

  it('is nothing outside the resources', () => expect(() => admitChange(versionRequest)).toThrow(NotAllowed));
});
