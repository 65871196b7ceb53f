import { expect, it } from 'vitest';
import step from '../../../src/steps/cni/tunnel-peers-are-current.js';
import { looking } from '../look.js';
import { answers, cluster, nodeObject, type Tables, toCart, towards } from './three-nodes.js';

const look = looking(step, 'tunnel-peers-are-current');
const flannel = 'flannel.alpha.coreos.com';

const seen = (changes: Parameters<typeof answers>[0] = {}, objects = cluster(), flow = toCart) =>
  look(objects, { flow, answers: answers(changes) });

const without = (rows: Tables['ip-links'], key: string, value: string) => rows.filter((row) => row[key] !== value);
const replaced = (rows: Tables['ip-links'], where: [string, string], more: object) =>
  rows.map((row) => (row[where[0]] === where[1] ? { ...row, ...more } : row));

const farMac = '32:de:82:86:e3:2b';
const broken = {
  'old-hardware-address': (all: Tables) => ({
    ...all,
    'ip-neighbours': replaced(all['ip-neighbours'], ['dst', '10.244.2.0'], { lladdr: '02:00:00:00:00:99' }),
  }),
  'no-hardware-address': (all: Tables) => ({
    ...all,
    'ip-neighbours': without(all['ip-neighbours'], 'dst', '10.244.2.0'),
  }),
  'old-host-address': (all: Tables) => ({
    ...all,
    'bridge-fdb': replaced(all['bridge-fdb'], ['mac', farMac], { dst: '10.0.0.212' }),
  }),
  'no-host-address': (all: Tables) => ({ ...all, 'bridge-fdb': without(all['bridge-fdb'], 'mac', farMac) }),
  'no-tunnel': (all: Tables) => ({ ...all, 'ip-links': without(all['ip-links'], 'ifname', 'flannel.1') }),
};

it('current: the recorded tables of healthy nodes', async () => {
  const { outcome, facts, used } = await seen();
  expect({ outcome, facts }).toEqual({ outcome: 'current', facts: { nodes: ['node-b', 'node-c', 'node-a'] } });
  expect(used.toSorted()).toEqual(['nodes', 'pods']);
});

it.each(Object.entries(broken))('%s on the way there', async (outcome, change) => {
  const found = await seen({ 'node-b': change });
  expect(found).toMatchObject({ outcome, result: 'fail', facts: { node: 'node-b' } });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('old-hardware-address: the other end was made anew, and its annotation is not believed either', async () => {
  const made = (all: Tables) => ({
    ...all,
    'ip-links': replaced(all['ip-links'], ['ifname', 'flannel.1'], { address: '02:00:00:00:00:77' }),
  });
  expect(await seen({ 'node-c': made })).toMatchObject({
    outcome: 'old-hardware-address',
    facts: { node: 'node-b', other: 'node-c', found: farMac, wanted: '02:00:00:00:00:77' },
  });
});

it('takes the annotation for a node that cannot be looked at', async () => {
  expect(await seen({ 'node-b': broken['old-hardware-address'], 'node-c': 'unseen' })).toMatchObject({
    outcome: 'old-hardware-address',
    facts: { wanted: farMac },
  });
  expect(await seen({ 'node-c': 'unseen' })).toMatchObject({
    outcome: 'partly-seen',
    facts: { unseen: 'node-c', why: 'nobody may enter node-c' },
  });
});

it('wrong-public-address: told to everybody, and an address of nobody', async () => {
  const objects = cluster([
    nodeObject('node-a'),
    nodeObject('node-b'),
    nodeObject('node-c', { [`${flannel}/public-ip`]: '10.0.2.15' }),
  ]);
  expect(await seen({ 'node-b': broken['old-host-address'] }, objects)).toMatchObject({
    outcome: 'wrong-public-address',
    facts: { other: 'node-c', found: '10.0.2.15', wanted: '10.0.0.13' },
  });
});

it('raises no alarm for a second network card that flannel was told to use', async () => {
  const second = (all: Tables) => ({
    ...all,
    'ip-links': replaced(all['ip-links'], ['ifname', 'eth0'], {
      addr_info: [
        { family: 'inet', local: '10.0.0.13', prefixlen: 24 },
        { family: 'inet', local: '192.168.7.3', prefixlen: 24 },
      ],
    }),
  });
  const towardsIt = (all: Tables) => ({
    ...all,
    'bridge-fdb': replaced(all['bridge-fdb'], ['mac', farMac], { dst: '192.168.7.3' }),
  });
  const objects = cluster([
    nodeObject('node-a'),
    nodeObject('node-b'),
    nodeObject('node-c', { [`${flannel}/public-ip`]: '192.168.7.3' }),
  ]);
  const changes = { 'node-c': second, 'node-b': towardsIt, 'node-a': towardsIt };
  expect((await seen(changes, objects)).outcome).toBe('current');
});

it('tunnels-differ: another number of the network', async () => {
  const other = (all: Tables) => ({
    ...all,
    'ip-links': all['ip-links'].map((row) =>
      row.ifname === 'flannel.1' ? { ...row, linkinfo: { info_kind: 'vxlan', info_data: { id: 7, port: 8472 } } } : row,
    ),
  });
  expect(await seen({ 'node-c': other })).toMatchObject({
    outcome: 'tunnels-differ',
    facts: { found: 'VNI 1 port 8472', wanted: 'VNI 7 port 8472' },
  });
});

it('wrong-elsewhere: a node that the flow does not touch accuses nobody', async () => {
  const old = (all: Tables) => ({
    ...all,
    'ip-neighbours': replaced(all['ip-neighbours'], ['dst', '10.244.0.0'], { lladdr: '02:00:00:00:00:99' }),
  });
  const found = await seen({ 'node-b': old }, cluster(), towards('near'));
  expect(found).toMatchObject({ outcome: 'wrong-elsewhere', result: 'warn' });
});

it('no-vxlan: another network', async () => {
  const plain = (name: 'node-a' | 'node-b' | 'node-c') => nodeObject(name, { [`${flannel}/backend-type`]: 'host-gw' });
  const found = await seen({}, cluster([plain('node-a'), plain('node-b'), plain('node-c')]));
  expect(found).toMatchObject({ outcome: 'no-vxlan', result: 'unsure' });
  expect(found.calls.some(({ port }) => port === 'node')).toBe(false);
});

it('cannot look where no node of the flow lets anybody in', async () => {
  await expect(seen({ 'node-b': 'unseen', 'node-c': 'unseen' })).rejects.toThrow('nobody may enter node-b');
});

it('does not call entries absent that it could not read', async () => {
  const mute = answers({}, (query) => (query === 'ip-neighbours' ? { ...ranNothing } : undefined));
  await expect(look(cluster(), { flow: toCart, answers: mute })).rejects.toThrow('could not be read');
});

const ranNothing = { argv: [], tool: 'ip', exitCode: 1, stdout: '', stderr: 'Cannot open netlink', durationMs: 1 };
