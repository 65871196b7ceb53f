import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { flowBetween, readEnd } from '../../../src/domain/ends.js';
import step from '../../../src/steps/ingress/gateway-takes-the-route.js';
import { looking } from '../look.js';

const look = looking(step, 'gateway-takes-the-route');
const flow = flowBetween(readEnd('outside', 'shop'), readEnd('svc/shop/cart', 'shop'));
const ok = (type: string) => ({ type, status: 'True', reason: type, message: '' });
const not = (type: string, reason: string) => ({ type, status: 'False', reason, message: `about ${reason}` });
const fine = [ok('Accepted'), ok('ResolvedRefs')];
const door = { name: 'door', namespace: 'gates' };

const route = (
  conditions: readonly object[] | undefined = fine,
  { namespace = 'shop', backend = { name: 'cart' } as object, parents = [door] as object[] } = {},
) => ({
  metadata: { namespace, name: 'front' },
  spec: { hostnames: ['shop.example'], parentRefs: parents, rules: [{ matches: [], backendRefs: [backend] }] },
  status: { parents: conditions.length > 0 ? [{ parentRef: door, controllerName: 'gates.example', conditions }] : [] },
});
const gateway = (conditions: readonly object[] = [ok('Accepted'), ok('Programmed')]) => ({
  metadata: { namespace: 'gates', name: 'door' },
  spec: { gatewayClassName: 'gates' },
  status: { conditions },
});
/** A Gateway whose listener has this host, and takes routes of its own namespace alone unless it says otherwise. */
const listening = (hostname: string, from = 'All', conditions: readonly object[] = []) => ({
  ...gateway(),
  spec: { gatewayClassName: 'gates', listeners: [{ name: 'web', hostname, allowedRoutes: { namespaces: { from } } }] },
  status: { conditions: [], listeners: [{ name: 'web', conditions }] },
});
const objects = (routes: readonly object[], gateways: readonly object[] = [gateway()]) => ({
  'httproutes.gateway.networking.k8s.io': routes,
  'gateways.gateway.networking.k8s.io': gateways,
});

it.each([
  ['taken', 'pass', objects([route()])],
  ['taken', 'pass', objects([route(fine, { namespace: 'web', backend: { name: 'cart', namespace: 'shop' } })])],
  ['not-accepted', 'fail', objects([route([not('Accepted', 'UnsupportedValue')])])],
  ['hostnames-differ', 'fail', objects([route([not('Accepted', 'NoMatchingListenerHostname')])])],
  ['not-attached', 'fail', objects([route([not('Accepted', 'NotAllowedByListeners')])])],
  ['not-permitted', 'fail', objects([route([ok('Accepted'), not('ResolvedRefs', 'RefNotPermitted')])])],
  ['backend-missing', 'fail', objects([route([ok('Accepted'), not('ResolvedRefs', 'BackendNotFound')])])],
  ['gateway-missing', 'fail', objects([route([])], [])],
  ['not-programmed', 'fail', objects([route()], [gateway([ok('Accepted'), not('Programmed', 'AddressNotAssigned')])])],
  ['no-controller', 'warn', objects([route([])])],
  ['no-route', 'pass', objects([route(fine, { backend: { name: 'till' } })])],
  ['no-route', 'pass', objects([route(fine, { namespace: 'web' })])],
])('%s', async (outcome, result, there) => {
  const found = await look(there, { flow });
  expect(found).toMatchObject({ outcome, result });
  expect(step.reads).toEqual(expect.arrayContaining(found.used));
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{[a-z-]+\}/);
});

it.each([
  ['a controller refuses', route([not('Accepted', 'NoMatchingListenerHostname')])],
  ['no controller has looked at', route([])],
])('some-not-taken: of two routes the client may mean the one that works, where %s the other', async (_, stale) => {
  const other = { ...stale, metadata: { namespace: 'shop', name: 'old' } };
  const found = await look(objects([route(), other]), { flow });
  expect(found).toMatchObject({ outcome: 'some-not-taken', result: 'warn', facts: { route: 'shop/old' } });
});

it('no-gateway-api: most clusters have none, and this is said once', async () => {
  const answers = { notServed: [...step.reads] };
  expect(await look({}, { flow, answers })).toMatchObject({ outcome: 'no-gateway-api', result: 'pass' });
});

it('taken: one Gateway of two is enough, and a policy of another group is no Service', async () => {
  const two = route(fine, { parents: [door, { name: 'inner' }] });
  two.status.parents.push({
    ...{ parentRef: { name: 'inner', namespace: 'shop' }, controllerName: 'inner.example' },
    conditions: [not('Accepted', 'NotAllowedByListeners')],
  });
  const inner = { ...gateway(), metadata: { namespace: 'shop', name: 'inner' } };
  expect(await look(objects([two], [gateway(), inner]), { flow })).toMatchObject({ outcome: 'taken' });
  const import_ = route(fine, { backend: { name: 'cart', kind: 'ServiceImport' } });
  expect(await look(objects([import_]), { flow })).toMatchObject({ outcome: 'no-route' });
});

it('names the route, its Gateway and the words of the controller', async () => {
  const found = await look(objects([route([not('Accepted', 'NotAllowedByListeners')])]), { flow });
  expect(found.facts).toEqual({
    ...{ route: 'shop/front', hostnames: ['shop.example'], gateway: 'gates/door' },
    message: 'NotAllowedByListeners: about NotAllowedByListeners',
  });
});

const foreign = (told: readonly object[] = []) =>
  route(told, { namespace: 'web', backend: { name: 'cart', namespace: 'shop' } });
const grant = (to: object) => ({
  metadata: { namespace: 'shop', name: 'web' },
  spec: { from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'web' }], to: [to] },
});
const granting = (...grants: object[]) => ({
  ...objects([foreign()], [listening('')]),
  'referencegrants.gateway.networking.k8s.io': grants,
});

it.each([
  ['hostnames-differ', objects([route([])], [listening('pay.example')])],
  ['hostnames-differ', objects([route([])], [listening('*.shop.example')])],
  ['no-controller', objects([route([])], [listening('*.example')])],
  ['no-controller', objects([route([])], [listening('')])],
  ['not-attached', objects([route([])], [listening('shop.example', 'Same')])],
  // Whom a selector takes is told by labels that are not looked at.
  ['no-controller', objects([route([])], [listening('shop.example', 'Selector')])],
  ['not-permitted', granting()],
  ['not-permitted', granting(grant({ group: '', kind: 'Service', name: 'till' }))],
  ['no-controller', granting(grant({ group: '', kind: 'Service' }))],
  ['listener-broken', objects([route()], [listening('', 'All', [not('ResolvedRefs', 'InvalidCertificateRef')])])],
])('%s, by the objects alone (%#)', async (outcome, there) => {
  const found = await look(there, { flow });
  expect(found.outcome).toBe(outcome);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{[a-z-]+\}/);
});

it('a listener that is named of one Gateway says nothing of the listeners of another', async () => {
  const listeners = [{ name: 'http', hostname: 'shop.example' }];
  const inner = {
    ...gateway(),
    metadata: { namespace: 'shop', name: 'inner' },
    spec: { gatewayClassName: 'gates', listeners },
  };
  const named = { ...door, sectionName: 'web' };
  const doors = [listening('pay.example'), inner];
  const asking = (parents: object[]) => look(objects([route([], { parents })], doors), { flow });
  expect((await asking([named, { name: 'inner' }])).outcome).toBe('no-controller');
  expect((await asking([named, { name: 'inner', sectionName: 'http' }])).outcome).toBe('no-controller');
  expect((await asking([named])).outcome).toBe('hostnames-differ');
});

it('taken: where one listener is broken, clients may still come by that of another Gateway', async () => {
  const shut = listening('', 'All', [not('ResolvedRefs', 'InvalidCertificateRef')]);
  const inner = { ...listening(''), metadata: { namespace: 'shop', name: 'inner' } };
  const two = route(fine, { parents: [door, { name: 'inner' }] });
  expect((await look(objects([two], [shut, inner]), { flow })).outcome).toBe('taken');
  expect((await look(objects([two], [shut, { ...shut, metadata: inner.metadata }]), { flow })).outcome).toBe(
    'listener-broken',
  );
});

it('taken: the word of a controller counts for more than hosts that seem to differ', async () => {
  expect((await look(objects([route()], [listening('pay.example')]), { flow })).outcome).toBe('taken');
});

it('hears nothing in what a controller said of an older version', async () => {
  const old = route([{ ...not('Accepted', 'NotAllowedByListeners'), observedGeneration: 1 }]);
  const edited = { ...old, metadata: { ...old.metadata, generation: 2 } };
  expect((await look(objects([edited]), { flow })).outcome).toBe('no-controller');
});

it('calls no grant missing that may not be read', async () => {
  const answers = { deny: ['referencegrants.gateway.networking.k8s.io'] as const };
  expect((await look(granting(), { flow, answers })).outcome).toBe('no-controller');
});

// As Traefik leaves them: the class of the Gateway was changed to one that is nobody's, and its old words stay.
it('no-controller: what was said of a Gateway before it was changed says nothing of it now', async () => {
  const kept = readFileSync(new URL('../../fixtures/traefik/class-changed.json', import.meta.url), 'utf8');
  const { items } = JSON.parse(kept) as { items: { kind: string; metadata: { generation: number } }[] };
  const there = (all: typeof items) =>
    objects(
      all.filter(({ kind }) => kind === 'HTTPRoute'),
      all.filter(({ kind }) => kind === 'Gateway'),
    );
  const asked = { flow: flowBetween(readEnd('outside', 'causeway'), readEnd('svc/causeway/booth', 'causeway')) };
  const facts = { route: 'causeway/to-booth', gateway: 'causeway/front' };
  expect(await look(there(items), asked)).toMatchObject({ outcome: 'no-controller', result: 'warn', facts });
  const before = items.map((one) => ({ ...one, metadata: { ...one.metadata, generation: 1 } }));
  expect(await look(there(before), asked)).toMatchObject({ outcome: 'taken', result: 'pass' });
});
