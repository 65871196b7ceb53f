import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/service/manual-endpoints-answer-a-node.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { checkout, endpoint, manualSlice, node, service, slice, toCart } from '../shop.js';

const look = looking(step, 'manual-endpoints-answer-a-node');
const bare = service({ selector: undefined });
const old = manualSlice([{ addresses: ['192.0.2.10'], conditions: { ready: true } }]);
// The source is on node-a; node-b has nothing to do with the flow.
const cluster = {
  pods: [checkout()],
  nodes: [node('node-a'), node('node-b')],
  services: [bare],
  endpointslices: [old],
};

interface Seen {
  readonly objects?: object;
  readonly heard?: Readonly<Record<string, string>>;
  readonly shut?: string;
  readonly flow?: typeof toCart;
}
const seen = ({ objects = {}, heard = {}, shut, flow = toCart }: Seen = {}) =>
  look(
    { ...cluster, ...objects },
    {
      flow,
      answers: {
        node: (_, __, name) => {
          if (name === shut) throw new CannotLook('forbidden', `nobody may enter ${name}`);
          return ran(recorded('nc-busybox', `connect-${heard[name] ?? 'timeout'}`), { tool: 'nc' });
        },
      },
    },
  );

it.each<[string, Seen]>([
  ['answers-no-node', {}],
  ['answers', { heard: { 'node-a': 'open' } }],
  // Lost by the node of the source: another one hears it.
  ['answers-a-peer-only', { heard: { 'node-b': 'open' } }],
  // Whoever refuses is there.
  ['answers-a-peer-only', { heard: { 'node-b': 'refused' } }],
  ['answers', { heard: { 'node-a': 'refused', 'node-b': 'open' } }],
  ['one-node', { shut: 'node-b' }],
  ['one-node', { objects: { nodes: [node('node-a')] } }],
  ['not-manual', { objects: { services: [service()], endpointslices: [slice([endpoint('cart-1')])] } }],
  ['none-to-try', { objects: { endpointslices: [] } }],
  ['none-to-try', { flow: { ...toCart, protocol: 'UDP' } as typeof toCart }],
])('%s %#', async (outcome, change) => {
  const found = await seen(change);
  expect(found.outcome).toBe(outcome);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{[a-z-]+\}/);
});

it('names the nodes and the address, and reads what it declares', async () => {
  const { facts, used } = await seen();
  expect(facts).toMatchObject({ nodes: ['node-a', 'node-b'], addresses: ['192.0.2.10:8080'], heard: [] });
  expect(used.toSorted()).toEqual(step.reads.toSorted());
});

it('could not look where no node can be entered', async () => {
  await expect(seen({ objects: { nodes: [node('node-a')] }, shut: 'node-a' })).rejects.toThrow('nobody may enter');
});
