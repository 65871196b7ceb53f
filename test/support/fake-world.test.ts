import { describe, expect, it } from 'vitest';
import type { Call } from '../../src/domain/ports.js';
import { fakeKube, fakeWorld } from './fake-world.js';

const pod = (name: string, more: object = {}) => ({
  metadata: { name, namespace: 'shop', labels: { app: name } },
  spec: { nodeName: 'node-a' },
  ...more,
});
const objects = {
  pods: [pod('cart'), pod('checkout', { spec: {} }), { ...pod('cart'), metadata: { name: 'cart', namespace: 'till' } }],
  nodes: [{ metadata: { name: 'node-a' } }],
  events: [
    { metadata: { namespace: 'shop', name: 'cart.1' }, involvedObject: { kind: 'Pod', name: 'cart' } },
    { metadata: { namespace: 'shop', name: 'cart.2' }, involvedObject: { kind: 'Service', name: 'cart' } },
  ],
};

describe('fakeWorld selects like the API server', () => {
  it.each<[Extract<Call, { verb: 'list' }>, string[]]>([
    [{ port: 'kube', verb: 'list', kind: 'pods', namespace: 'shop' }, ['cart', 'checkout']],
    [{ port: 'kube', verb: 'list', kind: 'pods', namespace: 'till' }, ['cart']],
    [{ port: 'kube', verb: 'list', kind: 'pods', namespace: 'default' }, []],
    [{ port: 'kube', verb: 'list', kind: 'pods', namespace: 'shop', labels: { app: 'cart' } }, ['cart']],
    [{ port: 'kube', verb: 'list', kind: 'pods', namespace: 'shop', labels: { app: 'cart', tier: 'x' } }, []],
    [{ port: 'kube', verb: 'list', kind: 'pods', namespace: 'shop', fields: { 'spec.nodeName': 'node-a' } }, ['cart']],
    [{ port: 'kube', verb: 'list', kind: 'pods', namespace: 'shop', fields: { 'spec.nodeName': '' } }, ['checkout']],
    [{ port: 'kube', verb: 'list', kind: 'nodes', fields: { 'metadata.name': 'node-b' } }, []],
    [
      {
        port: 'kube',
        verb: 'list',
        kind: 'events',
        namespace: 'shop',
        fields: { 'involvedObject.kind': 'Pod', 'involvedObject.name': 'cart' },
      },
      ['cart.1'],
    ],
  ])('%j', async (call, names) => {
    const fake = fakeWorld(objects);
    const found = await fake.ask(call, fake.signal);
    expect(found.map((object) => (object.metadata as { name: string }).name)).toEqual(names);
  });

  it('knows no field selector that the API server does not know', async () => {
    const { kube } = fakeKube(objects);
    await expect(kube.list('pods', { namespace: 'shop', fields: { 'spec.color': 'red' } })).rejects.toThrow('no field');
  });

  it('gets one object from its own namespace, and none from another', async () => {
    const { kube, used } = fakeKube(objects);
    expect(await kube.get('pods', { namespace: 'till', name: 'cart' })).toMatchObject({
      metadata: { namespace: 'till' },
    });
    expect(await kube.get('pods', { namespace: 'till', name: 'checkout' })).toBeUndefined();
    expect(await kube.get('nodes', { name: 'node-a' })).toBeDefined();
    expect(used).toEqual(['pods', 'nodes']);
  });
});
