import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/cni/calico-peers-are-established.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { calicoShop, flannelShop, nobodyAsks, toNear } from './plugin-shop.js';
import { toCart } from './three-nodes.js';

const look = looking(step, 'calico-peers-are-established');
const said = (name: string) => recorded('calico', `bird-${name}`);
const standing = (peer: string) =>
  ran(said('established').replace('Mesh_10_0_0_11', `Mesh_${peer.replaceAll('.', '_')}`));
const absent = ran('', { stderr: said('absent'), exitCode: 1 });

type Says = Partial<Record<'node-b' | 'node-c', ReturnType<typeof ran> | 'refuses'>>;
const seen = async (says: Says, flow = toCart) => {
  const found = await look(calicoShop(), {
    flow,
    answers: {
      pod: (query, _, { name, container }) => {
        expect([query, container]).toEqual(['bird-protocols', 'calico-node']);
        const run = says[name.replace('calico-node-', '') as 'node-b'];
        if (run === 'refuses' || !run) throw new CannotLook('forbidden', 'nobody may exec there');
        return run;
      },
    },
  });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
  return found;
};
const both = { 'node-b': standing('10.0.0.13'), 'node-c': standing('10.0.0.12') };

it('established: each has a session with the other', async () => {
  expect(await seen(both)).toMatchObject({ outcome: 'established', facts: { nodes: ['node-b', 'node-c'] } });
});

it('down: the session with the other node of the flow is refused', async () => {
  expect(await seen({ ...both, 'node-b': ran(said('some-down')) })).toMatchObject({
    outcome: 'down',
    facts: { node: 'node-b', peer: '10.0.0.13', session: 'Active', info: 'Socket: Connection refused' },
  });
});

it('down: no session of a node stands, whatever they are with', async () => {
  const filtered = ran(said('filtered').replace(/Mesh_10_0_0_13.*\n/, ''));
  expect((await seen({ ...both, 'node-b': filtered })).outcome).toBe('down');
});

it('down-elsewhere: a node that was taken out of service is nothing to this flow', async () => {
  const elsewhere = ran(
    said('some-down')
      .replace(/Active.*\n/, 'Established\n')
      .replace('start  13:50:03    Est', 'up     13:50:03    Est'),
  );
  expect(await seen({ ...both, 'node-b': elsewhere })).toMatchObject({ outcome: 'down-elsewhere', result: 'warn' });
});

it('established: by way of route reflectors alone', async () => {
  const reflected = ran(said('established').replace('Mesh_10_0_0_11', 'Global_10_0_0_99'));
  expect((await seen({ 'node-b': reflected, 'node-c': reflected })).outcome).toBe('established');
});

it('no-bgp: Calico with VXLAN or eBPF alone runs no BIRD, and that is no fault', async () => {
  expect(await seen({ 'node-b': absent, 'node-c': absent })).toMatchObject({ outcome: 'no-bgp', result: 'unsure' });
});

it('no-sessions: BIRD without any peer', async () => {
  const alone = ran(said('established').replace(/Mesh.*\n/, ''));
  expect((await seen({ 'node-b': alone, 'node-c': alone })).outcome).toBe('no-sessions');
});

it('one-node: the flow stays where it starts', async () => {
  expect((await seen({ 'node-b': ran(said('some-down')) }, toNear)).outcome).toBe('one-node');
});

it('partly-seen: the other node is not called sound', async () => {
  expect((await seen({ ...both, 'node-c': 'refuses' })).outcome).toBe('partly-seen');
});

it('not-calico: and asks nobody', async () => {
  const found = await look(flannelShop(), { flow: toCart, answers: nobodyAsks });
  expect(found.outcome).toBe('not-calico');
});

it('could not look where BIRD was not understood', async () => {
  const answers = { pod: () => ran('sh: birdcl: not what it was') };
  await expect(look(calicoShop(), { flow: toCart, answers })).rejects.toThrow(CannotLook);
});
