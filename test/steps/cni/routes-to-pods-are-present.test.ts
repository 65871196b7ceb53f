import { describe, expect, it } from 'vitest';
import type { FlannelLease } from '../../../src/domain/flannel-lease.js';
import { type RouteWord, routeWord, type Ways } from '../../../src/domain/pod-route.js';
import type { Run } from '../../../src/domain/query.js';
import step from '../../../src/steps/cni/routes-to-pods-are-present.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import {
  answers,
  cluster,
  healthyWay,
  type NodeName,
  refusal,
  type Tables,
  toCart,
  towards,
  way,
} from './three-nodes.js';

const look = looking(step, 'routes-to-pods-are-present');

type Ways2 = { readonly [N in NodeName]?: Record<string, Run> };
const seen = (ways: Ways2 = {}, more: { flow?: typeof toCart; changes?: Parameters<typeof answers>[0] } = {}) =>
  look(cluster(), {
    flow: more.flow ?? toCart,
    answers: answers(more.changes, (query, { address }, node) =>
      query === 'route-to' ? (ways[node]?.[String(address)] ?? healthyWay(String(address), node)) : undefined,
    ),
  });
const routed = (query: string, { address }: Record<string, unknown>, node: NodeName) =>
  query === 'route-to' ? healthyWay(String(address), node) : undefined;
const cart = '10.244.2.5';
const client = '10.244.1.2';

it('present: the recorded tables of healthy nodes', async () => {
  const found = await seen();
  expect(found).toMatchObject({ outcome: 'present', facts: { addresses: [client, cart] } });
  expect(found.used.toSorted()).toEqual(['nodes', 'pods']);
});

it.each([
  ['no-route', { dst: cart, gateway: '10.0.0.1', dev: 'eth0' }],
  ['kept-here', { dst: cart, dev: 'docker0' }],
  ['kept-here', { type: 'local', dst: cart, dev: 'lo' }],
  ['wrong-next-hop', { dst: cart, gateway: '10.244.0.0', dev: 'flannel.1' }],
  ['wrong-next-hop', { dst: cart, gateway: '10.0.0.11', dev: 'eth0' }],
])('%s on the node of the source: %j', async (outcome, words) => {
  const found = await seen({ 'node-b': { [cart]: way(words) } });
  expect(found).toMatchObject({ outcome, result: 'fail', facts: { node: 'node-b', other: 'node-c', pod: 'cart' } });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('stray-address: a Pod with an address that is none of its node', async () => {
  const away = '172.29.4.2';
  const { pods, ...others } = cluster();
  const moved = pods.map((pod) =>
    pod.metadata.name === 'cart' ? { ...pod, status: { ...pod.status, podIP: away, podIPs: [{ ip: away }] } } : pod,
  );
  const lost = way({ dst: away, gateway: '10.0.0.1', dev: 'eth0' });
  const found = await look(
    { ...others, pods: moved },
    {
      flow: toCart,
      answers: answers({}, (query, { address }, node) => {
        if (query !== 'route-to') return undefined;
        if (address !== away) return healthyWay(String(address), node);
        return node === 'node-c' ? way({ dst: away, dev: 'cni0' }) : lost;
      }),
    },
  );
  const facts = { node: 'node-b', other: 'node-c', address: away, range: '10.244.2.0/24' };
  expect(found).toMatchObject({ outcome: 'stray-address', result: 'fail', facts });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('refused: a route says no, of whichever kind', async () => {
  for (const kind of ['blackhole', 'unreachable', 'prohibit'])
    expect(await seen({ 'node-b': { [cart]: refusal(kind) } })).toMatchObject({ outcome: 'refused' });
  expect((await seen({ 'node-b': { [cart]: refusal('none') } })).outcome).toBe('no-route');
});

it('looks at the way back as well', async () => {
  const lost = way({ dst: client, gateway: '10.0.0.1', dev: 'eth0' });
  expect(await seen({ 'node-c': { [client]: lost } })).toMatchObject({
    outcome: 'no-route',
    facts: { node: 'node-c', address: client },
  });
});

it('own-pods-elsewhere: the bridge lost its address', async () => {
  const away = way({ dst: cart, gateway: '10.0.0.1', dev: 'eth0' });
  expect(await seen({ 'node-c': { [cart]: away } })).toMatchObject({
    outcome: 'own-pods-elsewhere',
    facts: { node: 'node-c', pod: 'cart' },
  });
});

it('wrong-elsewhere: a node that the flow does not touch', async () => {
  const lost = way({ dst: cart, gateway: '10.0.0.1', dev: 'eth0' });
  expect(await seen({ 'node-a': { [cart]: lost } })).toMatchObject({ outcome: 'wrong-elsewhere', result: 'warn' });
});

it('partly-seen: a node that cannot be entered, or an answer that nobody understands', async () => {
  expect(await seen({}, { changes: { 'node-c': 'unseen' } })).toMatchObject({
    outcome: 'partly-seen',
    facts: { unseen: 'node-c' },
  });
  const odd = ran('', { exitCode: 1, stderr: 'ip: applet not found' });
  expect(await seen({ 'node-c': { [client]: odd } })).toMatchObject({
    outcome: 'partly-seen',
    facts: { unseen: 'node-c', why: 'ip: applet not found' },
  });
});

it('no-address: Pods that use the network of their node', async () => {
  const objects = cluster();
  const host = objects.pods.map((pod) => ({ ...pod, spec: { ...pod.spec, hostNetwork: true } }));
  const found = await look({ ...objects, pods: host }, { flow: towards('near'), answers: answers({}, routed) });
  expect(found.outcome).toBe('no-address');
});

it('cannot look where the table of devices was not understood', async () => {
  const mute = (all: Tables): Tables => ({ ...all, 'ip-links': [] });
  await expect(seen({}, { changes: { 'node-b': mute, 'node-c': mute } })).rejects.toThrow('could not be read');
});

describe('the way to a Pod on another node', () => {
  const lease = (node: string, index: number, backend: string): FlannelLease => ({
    ...{ node, backend, publicAddress: backend && `10.0.0.1${index}`, overwritten: false, mac: '' },
    ranges: [`10.244.${index}.0/24`],
    addresses: [`10.0.0.1${index}`],
  });
  const here = (more: Partial<Ways> = {}): Ways => ({
    ...{ node: 'node-1', addresses: ['10.0.0.11', '10.244.1.1'], tunnels: ['tunl0', 'vxlan.calico', 'flannel.1'] },
    toNodes: [
      { node: 'node-2', address: '10.0.0.12', way: { class: 'route', route: { type: 'unicast', dev: 'eth0' } } },
    ],
    ...{ defaults: [{ gateway: '10.0.0.1', dev: 'eth0' }], known: [] },
    ...more,
  });
  const judge = (route: { type?: string; gateway?: string; dev: string }, backend = '', more: Partial<Ways> = {}) =>
    routeWord(
      here(more),
      { node: 'node-2', address: '10.244.2.7', way: { class: 'route', route: { type: 'unicast', ...route } } },
      [lease('node-1', 1, backend), lease('node-2', 2, backend), lease('node-3', 3, backend)],
    );

  it.each<[string, RouteWord, Parameters<typeof judge>]>([
    ['by the node itself (host-gw, BGP)', 'fits', [{ gateway: '10.0.0.12', dev: 'eth0' }, 'host-gw']],
    ['by the node itself, past the tunnel (DirectRouting)', 'fits', [{ gateway: '10.0.0.12', dev: 'eth0' }, 'vxlan']],
    ['by IPIP', 'fits', [{ gateway: '10.0.0.12', dev: 'tunl0' }]],
    ['by the VXLAN of Calico', 'fits', [{ gateway: '10.244.2.0', dev: 'vxlan.calico' }]],
    ['by an address of its own, where programs in the kernel take over', 'fits', [{ gateway: '10.244.1.1', dev: 'c' }]],
    ['by the default gateway of a cloud that knows all Pods', 'fits', [{ gateway: '10.0.0.1', dev: 'eth0' }]],
    ['by a router that is no node (BGP to the rack)', 'fits', [{ gateway: '10.0.0.254', dev: 'eth0' }]],
    ['beside its node in a flat network', 'fits', [{ dev: 'eth0' }]],
    [
      'by the default gateway, others by routes',
      'no-route',
      [{ gateway: '10.0.0.1', dev: 'eth0' }, '', { known: ['node-3'] }],
    ],
    ['by a third node', 'wrong-next-hop', [{ gateway: '10.0.0.13', dev: 'eth0' }]],
    ['by a veth that a Pod left behind', 'kept-here', [{ dev: 'cali0123' }]],
  ])('%s: %s', (_, word, args) => expect(judge(...args)).toBe(word));
});
