import { describe, expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/cni/pod-device-is-attached.js';
import { corpus } from '../../parse/corpus.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { kernels, type Ways } from './settings.js';
import { answers, cluster, type NodeName, refusal, type Tables, toCart, towards, way } from './three-nodes.js';

const look = looking(step, 'pod-device-is-attached');
type Rows = Record<string, unknown>[];
interface Network {
  readonly links: Rows;
  readonly routes: Rows;
  readonly neighbours: Rows;
}

const table = (name: string) => corpus(`plain/healthy/pod/${name}.json`);
/** The recorded Pod, as if it lived on another node: address, gateway and the hardware address of that are moved. */
const networkOf = (address: string): Network => {
  const move = (text: string) =>
    JSON.parse(
      text
        .replaceAll('10.244.2.2"', `${address}"`)
        .replaceAll('10.244.2.1"', `${address.replace(/\d+$/, '1')}"`)
        .replaceAll('10.244.2.0/', `${address.replace(/\d+$/, '0/')}`)
        .replaceAll('e6:51:4c:4d:39:0f', 'd6:3f:9d:43:76:7a'),
    ) as Rows;
  return { links: move(table('ip-addr')), routes: move(table('ip-route')), neighbours: move(table('ip-neigh')) };
};
const printed = ({ links, routes, neighbours }: Network) =>
  ran(
    `== links\n${JSON.stringify(links)}\n== routes\n${JSON.stringify(routes)}\n== neighbours\n${JSON.stringify(neighbours)}`,
  );

const client = '10.244.1.2';
const cart = '10.244.2.5';
const addresses: Record<string, string> = { 'node-b': client, 'node-c': cart };

interface Changes {
  readonly pods?: { readonly [N in NodeName]?: (network: Network) => Network };
  readonly nodes?: Parameters<typeof answers>[0];
  readonly ways?: Ways;
  readonly flow?: typeof toCart;
}
const seen = ({ pods = {}, nodes = {}, ways = {}, flow = toCart }: Changes = {}) => {
  const kernel = kernels(ways);
  const world = answers(nodes, (query, args, node) => {
    if (query === 'pod-network-namespace') return ran('group 456\n', { tool: 'grep' });
    if (query === 'pod-network') return printed((pods[node] ?? ((one) => one))(networkOf(addresses[node] ?? '')));
    return kernel(query, args, node);
  });
  return look(cluster(), { flow, answers: world });
};

const changed = (rows: Rows, where: [string, string], more: object) =>
  rows.map((row) => (row[where[0]] === where[1] ? { ...row, ...more } : row));
const onNode = (change: (rows: Rows) => Rows) => (all: Tables) => ({ ...all, 'ip-links': change(all['ip-links']) });
const veth: [string, string] = ['ifname', 'veth90cd4740'];

it('attached: the recorded ends of healthy Pods', async () => {
  const found = await seen();
  expect(found).toMatchObject({ outcome: 'attached', facts: { pods: ['client', 'cart'] } });
  expect(found.used.toSorted()).toEqual(['pods']);
});

it.each<[string, Changes]>([
  ['address-missing', { pods: { 'node-b': (one) => ({ ...one, links: one.links.slice(0, 1) }) } }],
  ['host-end-missing', { nodes: { 'node-b': onNode((rows) => rows.filter(({ ifname }) => ifname !== veth[1])) } }],
  ['device-down', { nodes: { 'node-b': onNode((rows) => changed(rows, veth, { flags: ['BROADCAST'] })) } }],
  [
    'device-down',
    { pods: { 'node-b': (one) => ({ ...one, links: changed(one.links, ['ifname', 'eth0'], { flags: ['UP'] }) }) } },
  ],
  ['off-the-bridge', { nodes: { 'node-b': onNode((rows) => changed(rows, veth, { master: undefined })) } }],
  [
    'wrong-gateway-address',
    {
      pods: {
        'node-b': (one) => ({
          ...one,
          neighbours: changed(one.neighbours, ['dev', 'eth0'], { lladdr: '02:00:5e:10:00:01' }),
        }),
      },
    },
  ],
  [
    'gateway-silent',
    {
      pods: {
        'node-b': (one) => ({
          ...one,
          neighbours: changed(one.neighbours, ['dev', 'eth0'], { lladdr: undefined, state: ['FAILED'] }),
        }),
      },
    },
  ],
])('%s', async (outcome, changes) => {
  const found = await seen(changes);
  expect(found).toMatchObject({ outcome, result: 'fail', facts: { 'wired-pod': 'client', node: 'node-b' } });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('no-route-in-pod: no default route, and the Service is nowhere near', async () => {
  const routes = (one: Network) => ({ ...one, routes: one.routes.filter(({ dst }) => dst !== 'default') });
  const flow = { ...toCart, to: { kind: 'service', namespace: 'shop', name: 'cart' } } as const;
  expect(await seen({ pods: { 'node-b': routes }, flow })).toMatchObject({
    outcome: 'no-route-in-pod',
    facts: { 'wired-pod': 'client', target: '10.96.1.2' },
  });
  // flannel gives Pods a route to all Pods beside the default one.
  expect((await seen({ pods: { 'node-b': routes } })).outcome).toBe('attached');
});

it('raises no alarm in a routed network, where no veth is on a bridge', async () => {
  const routed = onNode((rows) =>
    changed(
      rows.filter(({ ifname }) => ifname !== 'cni0'),
      veth,
      { master: undefined, ifname: 'cali0' },
    ),
  );
  const straight = (address: string) => ({ [address]: way({ dst: address, dev: 'cali0' }) });
  const gateway = (one: Network): Network => ({
    ...one,
    routes: [
      { dst: 'default', gateway: '169.254.1.1', dev: 'eth0' },
      { dst: '169.254.1.1', dev: 'eth0' },
    ],
    neighbours: [{ dst: '169.254.1.1', dev: 'eth0', lladdr: 'ee:ee:ee:ee:ee:ee', state: ['REACHABLE'] }],
  });
  const found = await seen({
    pods: { 'node-b': gateway, 'node-c': gateway },
    nodes: { 'node-b': routed, 'node-c': routed },
    ways: { 'node-b': straight(client), 'node-c': straight(cart) },
  });
  expect(found.outcome).toBe('attached');
});

it('not-a-veth: a Pod on a card of its own has no end on the node', async () => {
  const card = (one: Network) => ({
    ...one,
    links: changed(one.links, ['ifname', 'eth0'], { link_index: undefined, linkinfo: { info_kind: 'ipvlan' } }),
  });
  expect(await seen({ pods: { 'node-b': card } })).toMatchObject({ outcome: 'not-a-veth', result: 'unsure' });
});

it('asks in the Pod where the node does not let anybody into its network', async () => {
  const kernel = kernels();
  const world = answers({}, (query, args, node) => {
    if (query === 'pod-network-namespace') throw new CannotLook('forbidden', 'sudo wants a password');
    return kernel(query, args, node);
  });
  const pod = () => printed(networkOf(client));
  const found = await look(cluster(), { flow: towards('near'), answers: { ...world, pod } });
  expect(found.calls.filter(({ port }) => port === 'pod').length).toBeGreaterThan(0);
  expect(found.evidence).toMatchObject({ seen: [{ pod: 'client', device: { name: 'eth0', peer: 5 } }, {}] });
});

it('partly-seen: one Pod whose node cannot be entered', async () => {
  expect(await seen({ nodes: { 'node-c': 'unseen' } })).toMatchObject({
    outcome: 'partly-seen',
    facts: { 'wired-pod': 'cart', node: 'node-c', why: 'nobody may enter node-c' },
  });
  await expect(seen({ nodes: { 'node-b': 'unseen', 'node-c': 'unseen' } })).rejects.toThrow('nobody may enter');
});

it('no-pod: all ends have the network of their nodes', async () => {
  const objects = cluster();
  const host = objects.pods.map((pod) => ({ ...pod, spec: { ...pod.spec, hostNetwork: true } }));
  expect((await look({ ...objects, pods: host }, { flow: toCart, answers: answers() })).outcome).toBe('no-pod');
});

it('leaves a way that nobody answers to the check of routes', async () => {
  expect((await seen({ ways: { 'node-b': { [client]: refusal('none') } } })).outcome).toBe('attached');
});

it('looks at the gateway of a Pod that sends to a node or to an address outside', async () => {
  const replaced = (one: Network) => ({
    ...one,
    neighbours: changed(one.neighbours, ['dev', 'eth0'], { lladdr: '02:00:5e:10:00:01', state: ['PERMANENT'] }),
  });
  for (const to of [
    { kind: 'ip', address: '198.51.100.7' },
    { kind: 'node', name: 'node-c' },
  ] as const)
    expect((await seen({ flow: { ...toCart, to } as typeof toCart, pods: { 'node-b': replaced } })).outcome).toBe(
      'wrong-gateway-address',
    );
});

describe('isolated ports of a bridge', () => {
  type Evidence = Parameters<typeof step.interpret>[0];
  const inside = toCart as Parameters<typeof step.interpret>[1];
  const both = async (change: (one: Evidence['seen'][number], at: number) => object) => {
    const { evidence } = (await seen()) as unknown as { evidence: Evidence };
    const ports = evidence.seen.map((one) => ({ ...one, node: 'node-b', end: { ...one.end, isolated: true } }));
    const changed = ports.map((one, at) => ({ ...one, ...change(one as Evidence['seen'][number], at) }));
    return step.interpret(step.evidence.parse({ ...evidence, seen: changed }), inside);
  };

  it('ports-isolated: neither hears the other', async () => {
    expect(await both(() => ({}))).toMatchObject({
      outcome: 'ports-isolated',
      facts: { 'wired-pod': 'client', node: 'node-b', bridge: 'cni0' },
    });
  });

  it.each<[string, Parameters<typeof both>[0]]>([
    ['one of the two is not', ({ end }, at) => ({ end: { ...end, isolated: at === 0 } })],
    ['they are on different nodes', (_, at) => ({ node: at === 0 ? 'node-b' : 'node-c' })],
    ['they are on different bridges', ({ end }, at) => ({ end: { ...end, master: at === 0 ? end?.master : 'cni1' } })],
  ])('do no harm where %s', async (_, change) => {
    expect((await both(change)).outcome).not.toBe('ports-isolated');
  });
});
