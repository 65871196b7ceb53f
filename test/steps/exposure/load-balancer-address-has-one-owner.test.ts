import { describe, expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/exposure/load-balancer-address-has-one-owner.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { checkout, node, pod, service, toCart } from '../shop.js';

const look = looking(step, 'load-balancer-address-has-one-owner');
const balanced = (given: object[]) => ({
  ...service({ type: 'LoadBalancer' }),
  status: { loadBalancer: { ingress: given } },
});
const objects = {
  services: [balanced([{ ip: '10.0.0.200' }])],
  pods: [checkout(), pod('cart-1', { spec: { nodeName: 'node-b', containers: [] } })],
  nodes: [node('node-a'), node('node-b')],
};
const links = JSON.stringify([
  {
    ifindex: 2,
    ifname: 'eth0',
    flags: ['UP'],
    mtu: 1500,
    link_type: 'ether',
    address: '02:00:00:00:00:12',
    addr_info: [],
  },
]);
const route = (more: object) =>
  JSON.stringify([{ dst: '10.0.0.200', dev: 'eth0', prefsrc: '10.0.0.11', flags: [], ...more }]);

const hearing = (heard: Readonly<Record<string, string>>, more = {}) => ({
  node: (query: string, _: object, name: string) => {
    if (query === 'ip-links') return ran(links, { tool: 'ip' });
    if (query === 'route-to') return ran(route(more), { tool: 'ip' });
    const said = heard[name];
    if (said === undefined) throw new CannotLook('lost', 'no way onto the node');
    return ran(recorded('arping', said), { tool: 'arping' });
  },
});

describe('load-balancer-address-has-one-owner', () => {
  it.each([
    // The node that announces does not hear itself.
    ['one-owner', hearing({ 'node-a': 'one', 'node-b': 'none' })],
    ['several', hearing({ 'node-a': 'two', 'node-b': 'one' })],
    ['nobody', hearing({ 'node-a': 'none', 'node-b': 'none' })],
    ['not-told', hearing({ 'node-a': 'none' })],
    ['not-on-link', hearing({}, { gateway: '10.0.0.1' })],
  ])('%s', async (outcome, answers) => {
    const seen = await look(objects, { flow: toCart, answers });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
    expect(seen.used.toSorted()).toEqual(step.reads.toSorted());
    expect(seen.facts).toMatchObject({ address: '10.0.0.200' });
  });

  it('has no-address to ask for where the load balancer has a name', async () => {
    const seen = await look({ ...objects, services: [balanced([{ hostname: 'lb.example.com' }])] }, { flow: toCart });
    expect(seen.outcome).toBe('no-address');
  });
});
