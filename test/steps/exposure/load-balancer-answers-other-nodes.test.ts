import { expect, it } from 'vitest';
import step from '../../../src/steps/exposure/load-balancer-answers-other-nodes.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { checkout, endpoint, node, pod, service, slice, toCart } from '../shop.js';

const look = looking(step, 'load-balancer-answers-other-nodes');
const balanced = (given: object = { hostname: 'lb.example.com' }) => ({
  ...service({ type: 'LoadBalancer' }),
  status: { loadBalancer: { ingress: [given] } },
});
/** The client and a server are on node-a, another server is on node-b; node-c has none. */
const shop = (object: object = balanced()) => ({
  services: [object],
  pods: [checkout(), pod('cart-1'), pod('cart-2', { spec: { nodeName: 'node-b', containers: [] } })],
  endpointslices: [slice([endpoint('cart-1'), endpoint('cart-2', { nodeName: 'node-b' })])],
  nodes: [node('node-a'), node('node-b'), node('node-c')],
});
const said = (...names: string[]) =>
  ran(names.map((name) => recorded('nc-busybox', `connect-${name}`)).join('\n'), { tool: 'nc' });
const [open, some, dead] = [said('open'), said('open', 'timeout'), said('timeout')];
const by = (answers: Record<string, ReturnType<typeof said>>) => ({
  node: (_: string, __: object, name: string) => answers[name] ?? open,
});

it.each([
  ['answers-all', 'pass', by({})],
  ['fails-where-servers-are', 'fail', by({ 'node-a': some, 'node-b': some })],
  ['fails-where-servers-are', 'fail', by({ 'node-a': dead })],
  ['answers-none', 'fail', by({ 'node-a': dead, 'node-b': dead, 'node-c': dead })],
  ['some-fail', 'fail', by({ 'node-a': dead, 'node-c': some })],
  // Where every node runs a server, nobody shows what one without would get.
  ['some-fail', 'fail', by({ 'node-a': some, 'node-b': dead, 'node-c': dead })],
])('%s', async (outcome, result, answers) => {
  const seen = await look(shop(), { flow: toCart, answers });
  expect(seen).toMatchObject({ outcome, result });
  expect(seen.used.toSorted()).toEqual(step.reads.toSorted());
  expect(seen.en + seen.zh).not.toMatch(/[{}]/);
  expect(seen.facts).toMatchObject({ address: 'lb.example.com', 'lb-port': 80 });
});

it('asks nobody where kube-proxy takes the address, as it mostly does', async () => {
  const seen = await look(shop(balanced({ ip: '192.0.2.7' })), { flow: toCart });
  expect(seen).toMatchObject({ outcome: 'taken-inside', result: 'unsure' });
});

it('not-tried: another protocol than TCP has no connection to open', async () => {
  const udp = { ...balanced(), ...service({ type: 'LoadBalancer', ports: [{ port: 53, protocol: 'UDP' }] }) };
  const object = { ...udp, status: balanced().status };
  const flow = { ...toCart, protocol: 'UDP' as const, port: 53 };
  expect((await look(shop(object), { flow })).outcome).toBe('not-tried');
});
