import { describe, expect, it } from 'vitest';
import { InvalidName } from '../../../src/clean/names.js';
import { type Kind, kinds, resourceOf } from '../../../src/domain/kinds.js';
import { levels } from '../../../src/domain/level.js';
import { isAllowed, NotAllowed, permissions } from '../../../src/ports/live/allowlist.js';
import {
  type ApiRequest,
  admit,
  groupsRequest,
  resourcesRequest,
  versionRequest,
} from '../../../src/ports/live/api-request.js';

const pods: ApiRequest = { verb: 'get', group: '', version: 'v1', resource: 'pods', namespace: 'shop', name: 'cart' };

const resources = new Set((Object.keys(kinds) as Kind[]).map(resourceOf));

describe('what may be sent', () => {
  it('is this list and nothing else', () => {
    const others = permissions.filter(
      ({ resource, verb, subresource }) => !(resources.has(resource) && ['get', 'list'].includes(verb) && !subresource),
    );
    expect(others).toEqual([
      { verb: 'get', group: '', resource: 'pods', subresource: 'log', level: 'observe' },
      { verb: 'get', group: '', resource: 'services', subresource: 'proxy', level: 'probe' },
      { verb: 'create', group: 'authorization.k8s.io', resource: 'selfsubjectrulesreviews', level: 'observe' },
      { verb: 'create', group: '', resource: 'pods', subresource: 'exec', level: 'probe' },
      { verb: 'patch', group: '', resource: 'pods', subresource: 'ephemeralcontainers', level: 'probe' },
      { verb: 'create', group: '', resource: 'pods', level: 'probe' },
      { verb: 'delete', group: '', resource: 'pods', level: 'probe' },
    ]);
    expect(permissions.some(({ resource }) => resource === 'secrets')).toBe(false);
  });

  it.each(Object.entries(kinds))('reads %s at level observe, in its own group only', (kind, { group }) => {
    const resource = resourceOf(kind as Kind);
    for (const verb of ['get', 'list'] as const) expect(isAllowed({ verb, group, resource }, 'observe')).toBe(true);
    expect(isAllowed({ verb: 'create', group, resource }, 'observe')).toBe(false);
    expect(isAllowed({ verb: 'create', group, resource }, 'change')).toBe(kind === 'pods');
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
  const careful = { securityContext: { allowPrivilegeEscalation: false } };
  const ours = {
    metadata: { name: 'net-triage-a', labels },
    spec: { activeDeadlineSeconds: 5, containers: [careful] },
  };
  const readOnly = { volumeMounts: [{ readOnly: true }], securityContext: {} };
  const onNode = {
    metadata: { name: 'net-triage-a', labels: { ...labels, 'net-triage/made': 'node-pod' } },
    spec: { activeDeadlineSeconds: 5, nodeName: 'node-b', hostPID: true, volumes: [{}], containers: [readOnly] },
  };
  const onNodeWith = (change: object) => ({
    ...onNode,
    spec: { ...onNode.spec, containers: [{ ...readOnly, ...change }] },
  });
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

  it('creates a Pod that sees a node at level node only', () => {
    const request = { ...pods, ...create, body: onNode };
    expect(() => admit(request, 'probe')).toThrow('needs level node');
    expect(admit(request, 'node')).toMatchObject({ method: 'POST' });
  });

  it.each([
    ['a Pod without our name', { ...create, body: { ...ours, metadata: { name: 'cart', labels } } }],
    ['a Pod without our labels', { ...create, body: { ...ours, metadata: { name: 'net-triage-a', labels: {} } } }],
    ['a probe pod that sees the node', { ...create, body: { ...ours, spec: { ...ours.spec, hostPID: true } } }],
    ['a probe pod with files', { ...create, body: { ...ours, spec: { ...ours.spec, volumes: [] } } }],
    [
      'a privileged one',
      { ...create, body: { ...ours, spec: { ...ours.spec, containers: [{ securityContext: { privileged: true } }] } } },
    ],
    ['a privileged node pod', { ...create, body: onNodeWith({ securityContext: { privileged: true } }) }],
    ['a node pod that may write', { ...create, body: onNodeWith({ volumeMounts: [{ readOnly: false }] }) }],
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
    expect(admit(versionRequest, 'observe')).toEqual({ method: 'GET', path: '/version' });
  });

  it('asks what is served of the kinds of plugins, and reads no other path outside the resources', () => {
    expect(admit(groupsRequest, 'observe')).toEqual({ method: 'GET', path: '/apis' });
    const admins = { group: 'policy.networking.k8s.io', version: 'v1alpha1' };
    expect(admit(resourcesRequest(admins), 'observe').path).toBe('/apis/policy.networking.k8s.io/v1alpha1');
    for (const path of ['/', '/api', '/apis/', '/metrics', '/logs', '/apis/apps/v1', '/apis/cilium.io/v2?watch=1'])
      expect(() => admit({ path }, 'node')).toThrow(NotAllowed);
  });
});
