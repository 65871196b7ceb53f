import { expect, it } from 'vitest';
import { flowBetween, readEnd } from '../../../src/domain/ends.js';
import type { Run } from '../../../src/domain/query.js';
import step from '../../../src/steps/cni/node-knows-a-way-there.js';
import { looking } from '../look.js';
import { answers, cluster, type NodeName, refusal, type Tables, way } from './three-nodes.js';

const look = looking(step, 'node-knows-a-way-there');
const outside = '198.51.100.7';
const byGateway = way({ dst: outside, gateway: '10.0.0.1', dev: 'eth0' });
// What the kernel answered to `ip -j route get 198.51.100.7 from 10.244.1.5 iif cni0`.
const handedOn = way({ dst: outside, from: '10.244.1.2', gateway: '10.0.0.1', dev: 'eth0', iif: 'cni0' });

interface Seen {
  readonly own?: Run;
  readonly forwarded?: Run;
  readonly peer?: Run;
  readonly from?: string;
  readonly to?: string;
  readonly changes?: Parameters<typeof answers>[0];
}
const seen = ({ own = byGateway, forwarded = handedOn, peer = byGateway, from, to, changes }: Seen = {}) =>
  look(cluster(), {
    flow: flowBetween(readEnd(from ?? 'pod/shop/client', 'shop'), readEnd(to ?? `ip/${outside}:80`, 'shop')),
    answers: answers(changes, (query, { address }, node) => {
      if (query === 'forwarded-route') return forwarded;
      if (query !== 'route-to') return undefined;
      if (address === '10.244.1.2') return way({ dst: '10.244.1.2', dev: 'cni0', prefsrc: '10.244.1.1' });
      return node === 'node-b' ? own : peer;
    }),
  });

it.each<[string, Seen]>([
  ['routed', {}],
  ['no-route', { own: refusal('none'), forwarded: refusal('none') }],
  ['no-route', { forwarded: refusal('none') }],
  ['refused', { own: refusal('blackhole'), forwarded: refusal('blackhole') }],
  ['refused', { own: refusal('prohibit'), forwarded: refusal('prohibit') }],
  ['into-pod-network', { forwarded: way({ dst: outside, dev: 'cni0' }) }],
  ['into-pod-network', { forwarded: way({ dst: outside, gateway: '10.244.2.0', dev: 'flannel.1' }) }],
  ['not-forwarded', { forwarded: refusal('unreachable') }],
  ['own-address', { from: 'node/node-b', own: way({ type: 'local', dst: outside, dev: 'lo' }) }],
])('%s', async (outcome, change) => {
  const found = await seen(change);
  expect(found).toMatchObject({ outcome, facts: { node: 'node-b', address: outside } });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{[a-z-]+\}/);
});

it('no-address: the Pod was given none yet', async () => {
  const objects = cluster();
  const pods = objects.pods.map((pod) => ({ ...pod, status: {} }));
  const flow = flowBetween(readEnd('pod/shop/client', 'shop'), readEnd(`ip/${outside}:80`, 'shop'));
  expect((await look({ ...objects, pods }, { flow, answers: answers() })).outcome).toBe('no-address');
});

it('onto-a-bridge: a bridge of the node that is no way out', async () => {
  const docker = (tables: Tables) => ({
    ...tables,
    'ip-links': [
      ...tables['ip-links'],
      { ...tables['ip-links'][0], ifindex: 99, ifname: 'docker0', linkinfo: { info_kind: 'bridge' } },
    ],
  });
  const found = await seen({ forwarded: way({ dst: outside, dev: 'docker0' }), changes: { 'node-b': docker } });
  expect(found).toMatchObject({ outcome: 'onto-a-bridge', result: 'warn', facts: { dev: 'docker0' } });
});

it('raises no alarm where the uplink is a bridge, and the address lies beside the node', async () => {
  const bridged = (tables: Tables) => ({
    ...tables,
    'ip-links': tables['ip-links'].map((row) =>
      row.ifname === 'eth0' ? { ...row, linkinfo: { info_kind: 'bridge' } } : row,
    ),
  });
  const found = await seen({
    forwarded: way({ dst: '10.0.0.99', dev: 'eth0' }),
    to: 'ip/10.0.0.99:80',
    changes: { 'node-b': bridged },
  });
  expect(found.outcome).toBe('routed');
});

it('raises no alarm where rules send Pods another way than the node, which has no default route itself', async () => {
  const egress = way({
    dst: outside,
    from: '10.244.1.2',
    gateway: '10.0.0.254',
    dev: 'eth0',
    table: '100',
    iif: 'cni0',
  });
  expect(await seen({ own: refusal('none'), forwarded: egress })).toMatchObject({
    outcome: 'routed',
    facts: { way: '10.0.0.254 eth0' },
  });
});

it('raises no alarm for a tunnel of the company that is none of the cluster', async () => {
  expect((await seen({ forwarded: way({ dst: outside, dev: 'wg0' }) })).outcome).toBe('routed');
});

it('says what a peer does', async () => {
  const found = await seen({ own: refusal('none'), forwarded: refusal('none') });
  expect(found.facts?.peers).toEqual(['node-a: 10.0.0.1 eth0']);
});

it('asks a node by its address, without any API', async () => {
  const flow = flowBetween(readEnd('node/node-b', 'shop'), readEnd('node/10.0.0.13', 'shop'));
  const world = answers({}, (query) => (query === 'route-to' ? way({ dst: '10.0.0.13', dev: 'eth0' }) : undefined));
  const found = await look(cluster(), { flow, answers: { ...world, deny: ['nodes', 'pods', 'services'] } });
  expect(found).toMatchObject({ outcome: 'routed', facts: { node: 'node-b', address: '10.0.0.13' } });
});

it('finds the address of a node that only the node itself tells', async () => {
  const flow = flowBetween(readEnd('node/node-b', 'shop'), readEnd('node/node-c', 'shop'));
  const world = answers({}, (query, { address }) =>
    query === 'route-to' ? way({ dst: address, dev: 'eth0' }) : undefined,
  );
  const found = await look(cluster(), { flow, answers: { ...world, deny: ['nodes'] } });
  expect(found.facts?.address).toBe('10.0.0.13');
});

it('cannot look where the node of the source is shut', async () => {
  await expect(seen({ changes: { ['node-b' as NodeName]: 'unseen' } })).rejects.toThrow('nobody may enter');
});
