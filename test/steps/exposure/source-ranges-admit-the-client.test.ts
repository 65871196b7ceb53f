import { describe, expect, it } from 'vitest';
import type { Flow } from '../../../src/domain/flow.js';
import step from '../../../src/steps/exposure/source-ranges-admit-the-client.js';
import { looking } from '../look.js';
import { checkout, service, toCart } from '../shop.js';

const look = looking(step, 'source-ranges-admit-the-client');
const open = (ranges: string[], type = 'LoadBalancer') => service({ type, loadBalancerSourceRanges: ranges });
const nodes = [{ metadata: { name: 'node-a' }, status: { addresses: [{ type: 'InternalIP', address: '10.0.0.11' }] } }];
const by = (from: Flow['from']) => ({ ...toCart, from });
const outside = by({ kind: 'outside', address: '198.51.100.7' });

describe('source-ranges-admit-the-client', () => {
  it.each([
    ['open-to-all', [service({ type: 'LoadBalancer' })], outside],
    // The field counts for load balancers alone.
    ['open-to-all', [open(['192.0.2.0/24'], 'NodePort')], outside],
    ['admitted', [open(['198.51.100.0/24'])], outside],
    ['admitted', [open(['198.51.100.7/32'])], by({ kind: 'ip', address: '198.51.100.7' })],
    ['admitted', [open(['10.0.0.0/8'])], toCart],
    ['admitted', [open(['10.0.0.0/24'])], by({ kind: 'node', name: 'node-a' })],
    ['partly-admitted', [open(['10.244.0.0/16'])], toCart],
    ['not-admitted', [open(['192.0.2.0/24'])], outside],
    ['not-admitted', [open(['192.0.2.0/24'])], toCart],
    ['client-unknown', [open(['192.0.2.0/24'])], by({ kind: 'outside' })],
    ['client-unknown', [open(['192.0.2.0/24'])], by({ kind: 'host', name: 'www.example.com' })],
    ['no-service', [], outside],
  ])('%s', async (outcome, services, flow) => {
    const seen = await look({ services, pods: [checkout()], nodes }, { flow });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
  });

  it('reads what it declares', async () => {
    const { used } = await look({ services: [open(['10.0.0.0/8'])], pods: [checkout()], nodes }, { flow: toCart });
    expect(used.toSorted()).toEqual(step.reads.toSorted());
  });

  it('knows the annotation from before the field', async () => {
    const old = open([]);
    const annotations = { 'service.beta.kubernetes.io/load-balancer-source-ranges': '192.0.2.0/24, 203.0.113.0/24' };
    const services = [{ ...old, metadata: { ...old.metadata, annotations } }];
    expect(await look({ services }, { flow: outside })).toMatchObject({ outcome: 'not-admitted' });
  });
});
