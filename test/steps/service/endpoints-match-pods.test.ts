import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/service/endpoints-match-pods.js';
import { looking } from '../look.js';
import {
  ago,
  endpoint,
  evicted,
  manualSlice,
  node,
  notReady,
  pod,
  service,
  slice,
  terminating,
  toCart,
} from '../shop.js';

const look = looking(step, 'endpoints-match-pods');
const flow = toCart;
const services = [service()];
const nodes = [node('node-a')];
const leaving = { conditions: { ready: false, serving: true, terminating: true } };
const unready = { conditions: { ready: false, serving: false, terminating: false } };
const listing = (...names: string[]) => [slice(names.map((name) => endpoint(name)))];
const pods = [pod('cart-1')];

describe('endpoints-match-pods', () => {
  it.each([
    ['current', { services, pods, endpointslices: listing('cart-1'), nodes }],
    ['stale', { services, pods, endpointslices: listing('cart-1', 'cart-0'), nodes }],
    ['stale', { services, pods, endpointslices: [slice([endpoint('cart-1', { addresses: ['10.244.9.9'] })])], nodes }],
    [
      'stale',
      {
        services,
        pods: [pod('cart-1', { metadata: { uid: 'uid-reborn' } })],
        endpointslices: listing('cart-1'),
        nodes,
      },
    ],
    [
      'strangers',
      {
        services,
        pods,
        endpointslices: [...listing('cart-1'), manualSlice([{ addresses: ['10.244.9.9'] }])],
        nodes,
      },
    ],
    // The same Pod once more, and an address that nobody sends to: neither is a stranger.
    ['current', { services, pods, endpointslices: [...listing('cart-1'), manualSlice([endpoint('cart-1')])], nodes }],
    [
      'current',
      {
        services,
        pods,
        endpointslices: [...listing('cart-1'), manualSlice([{ addresses: ['10.244.9.9'], ...unready }])],
        nodes,
      },
    ],
    ['on-dead-node', { services, pods, endpointslices: listing('cart-1'), nodes: [node('node-a', 'Unknown')] }],
    ['pods-not-listed', { services, pods: [...pods, pod('cart-2')], endpointslices: listing('cart-1'), nodes }],
    ['pods-not-listed', { services, pods, endpointslices: [], nodes }],
    [
      'duplicate',
      { services, pods, endpointslices: [...listing('cart-1'), slice([endpoint('cart-1', unready)])], nodes },
    ],
    [
      'only-terminating',
      {
        services,
        pods: [pod('cart-1', { metadata: terminating })],
        endpointslices: [slice([endpoint('cart-1', leaving)])],
        nodes,
      },
    ],
    [
      'unmanaged',
      { services: [service({ selector: undefined })], endpointslices: [manualSlice([endpoint('cart-1')])] },
    ],
    ['nothing-to-compare', { services, endpointslices: [slice([])] }],
  ])('%s', async (outcome, objects) => {
    const seen = await look(objects, { flow });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
  });

  it('reads what it declares', async () => {
    const seen = await look({ services, pods, endpointslices: listing('cart-1'), nodes }, { flow });
    expect(seen.used).toEqual(step.reads);
  });

  it('nodes-unseen: a Node that may not be looked at is not called alive', async () => {
    const objects = { services, pods, endpointslices: listing('cart-1'), nodes };
    const seen = await look(objects, { flow, answers: { deny: ['nodes'] } });
    expect(seen).toMatchObject({ outcome: 'nodes-unseen', result: 'unsure' });
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
  });

  it('still calls an endpoint stale where Nodes may not be looked at', async () => {
    const objects = { services, pods, endpointslices: listing('cart-1', 'cart-0') };
    expect((await look(objects, { flow, answers: { deny: ['nodes'] } })).facts).toMatchObject({ pods: ['cart-0'] });
  });

  it.each([
    [
      'a Pod that became ready a moment ago',
      pod('cart-2', { status: { conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: ago(2) }] } }),
    ],
    ['a Pod that is not ready and not listed yet', pod('cart-2', { status: notReady })],
    ['an evicted Pod', pod('cart-2', { status: evicted })],
    ['a Pod on its way out', pod('cart-2', { metadata: terminating })],
  ])('raises no alarm over %s', async (_, other) => {
    const objects = { services, pods: [...pods, other], endpointslices: listing('cart-1'), nodes };
    expect((await look(objects, { flow })).result).toBe('pass');
  });

  it('raises no alarm over the same endpoint in two slices that agree', async () => {
    const objects = { services, pods, endpointslices: [...listing('cart-1'), ...listing('cart-1')], nodes };
    expect((await look(objects, { flow })).result).toBe('pass');
  });

  it('raises no alarm over an ExternalName Service with a selector left over', async () => {
    const objects = { services: [service({ type: 'ExternalName' })], pods, endpointslices: [] };
    expect((await look(objects, { flow })).result).toBe('unsure');
  });
});
