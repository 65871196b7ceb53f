import { expect, it } from 'vitest';
import step from '../../../src/steps/cni/node-can-give-pods-a-network.js';
import { corpus } from '../../parse/corpus.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { answers, cluster, type NodeName, type Tables, toCart } from './three-nodes.js';

const look = looking(step, 'node-can-give-pods-a-network');
const files = (name: string) => recorded('cni-files', name);

type Said = { readonly [query: string]: string };
/** Leases as flannel wrote them: the recorded one, for the range of each node. */
const lease = (node: NodeName) => {
  const index = { 'node-a': 0, 'node-b': 1, 'node-c': 2 }[node];
  return corpus('plain/healthy/node-b/flannel-subnet.txt').replace('10.244.1.1/24', `10.244.${index}.1/24`);
};
const seen = (
  said: { readonly [N in NodeName]?: Said } = {},
  more: { changes?: Parameters<typeof answers>[0]; objects?: ReturnType<typeof cluster> } = {},
) =>
  look(more.objects ?? cluster(), {
    flow: toCart,
    answers: answers(more.changes, (query, _, node) => {
      const healthy: Said = {
        'cni-config': files('flannel'),
        'flannel-subnet': lease(node),
        'address-reservations': files('no-reservations'),
      };
      const text = said[node]?.[query] ?? healthy[query];
      return text === undefined ? undefined : ran(text);
    }),
  });

it('can: recorded files, lease and bridge of healthy nodes', async () => {
  const found = await seen();
  expect(found).toMatchObject({ outcome: 'can', facts: { nodes: ['node-b', 'node-c'] } });
  expect(found.used.toSorted()).toEqual(['nodes', 'pods']);
});

it.each<[string, Said, object]>([
  ['no-config', { 'cni-config': files('bare') }, {}],
  ['plugin-missing', { 'cni-config': files('no-bridge') }, { found: 'bridge' }],
  ['no-lease-file', { 'flannel-subnet': '' }, {}],
  ['addresses-used-up', { 'address-reservations': files('reservations') }, { found: 253, wanted: 1 }],
  [
    'config-not-understood',
    { 'cni-config': '== config /etc/cni/net.d/10.conf\n|{ half\n== end' },
    { found: '10.conf' },
  ],
])('%s', async (outcome, said, facts) => {
  const found = await seen({ 'node-c': said });
  expect(found).toMatchObject({ outcome, result: 'fail', facts: { node: 'node-c', ...facts } });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

const bridge = (local: string) => (all: Tables) => ({
  ...all,
  'ip-links': all['ip-links'].map((row) =>
    row.ifname === 'cni0' ? { ...row, addr_info: [{ family: 'inet', local, prefixlen: 24 }] } : row,
  ),
});

it('bridge-of-another-range: it kept the address of an old lease', async () => {
  expect(await seen({}, { changes: { 'node-c': bridge('10.244.201.1') } })).toMatchObject({
    outcome: 'bridge-of-another-range',
    facts: { node: 'node-c', found: '10.244.201.1/24', wanted: '10.244.2.1/24' },
  });
});

it('raises no alarm where no Pod has made a bridge yet', async () => {
  const none = (all: Tables) => ({ ...all, 'ip-links': all['ip-links'].filter(({ ifname }) => ifname !== 'cni0') });
  expect((await seen({}, { changes: { 'node-c': none } })).outcome).toBe('can');
});

it('lease-of-another-range: the node was given another range since', async () => {
  const changed = { 'flannel-subnet': 'FLANNEL_SUBNET=10.244.77.1/24\n' };
  expect(await seen({ 'node-c': changed }, { changes: { 'node-c': bridge('10.244.77.1') } })).toMatchObject({
    outcome: 'lease-of-another-range',
    facts: { found: '10.244.77.1/24', wanted: '10.244.2.0/24' },
  });
});

it('several-configs: the first that is valid counts', async () => {
  const all = files('several').replace('+flannel', '+flannel\n+bridge');
  expect(await seen({ 'node-c': { 'cni-config': all } })).toMatchObject({ outcome: 'several-configs', result: 'warn' });
});

it('looks at the node that a Pod waits for', async () => {
  const objects = cluster();
  const pods = objects.pods.map((pod) =>
    pod.metadata.name === 'cart'
      ? {
          ...pod,
          spec: { containers: [], nodeSelector: { 'kubernetes.io/hostname': 'node-c' } },
          status: { phase: 'Pending' },
        }
      : pod,
  ) as unknown as typeof objects.pods;
  const found = await seen({ 'node-c': { 'cni-config': files('bare') } }, { objects: { ...objects, pods } });
  expect(found).toMatchObject({ outcome: 'no-config', facts: { node: 'node-c' } });
});

it('partly-seen: a node that cannot be entered, or whose files cannot be listed', async () => {
  expect(await seen({}, { changes: { 'node-c': 'unseen' } })).toMatchObject({
    outcome: 'partly-seen',
    facts: { node: 'node-c' },
  });
  expect((await seen({ 'node-c': { 'cni-config': '' } })).outcome).toBe('partly-seen');
});

it('no-node: nothing was placed yet', async () => {
  const objects = cluster();
  expect((await seen({}, { objects: { ...objects, pods: [] } })).outcome).toBe('no-node');
});
