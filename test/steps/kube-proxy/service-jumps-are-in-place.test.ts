import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/kube-proxy/service-jumps-are-in-place.js';
import type { NodeState } from '../../parse/rules/on-node.js';
import { ran } from '../../support/fake-world.js';
import { clusterWith, flowTo, lookAt, oven, records } from './clinic.js';

const look = (here: NodeState, objects = clusterWith(records)) =>
  lookAt(step, 'service-jumps-are-in-place', { here, others: { state: 'as-listed' }, objects, flow: flowTo(records) });

it.each([
  ['in-place', { state: 'as-listed' }],
  // The policy of FORWARD and other Services' rules are no matter of this check.
  ['in-place', { state: 'docker-drop' }],
  [
    'in-place',
    {
      state: 'redirect',
      devices: ['eth0'],
      other: (query: string) => (query === 'route-to-address' ? ran('10.244.1.9 dev veth7') : undefined),
    },
  ],
  ['missing', { state: 'jump-deleted' }],
  ['missing', { state: 'nat-flushed' }],
  ['too-late', { state: 'foreign-first' }],
  ['no-chains', { state: 'nft-deleted' }],
  ['other-way', { state: 'nft-deleted', devices: ['cilium_host'] }],
] satisfies [string, NodeState][])('%s', async (outcome, here) => {
  const found = await look(here);
  expect(found.outcome).toBe(outcome);
  expect(found.used.toSorted()).toEqual(step.reads.toSorted());
});

it('names what is gone, and where it is not', async () => {
  expect((await look({ state: 'jump-deleted' })).facts).toMatchObject({
    missing: ['nat PREROUTING to KUBE-SERVICES'],
    'in-place-on': ['node-b', 'node-c'],
  });
  expect((await look({ state: 'foreign-first' })).facts?.rule).toContain('-d 10.96.0.0/12 -j RETURN');
});

it('finds the way through the table of nftables mode', async () => {
  const found = await lookAt(step, 'service-jumps-are-in-place', {
    here: { state: 'nft-as-listed' },
    objects: clusterWith(oven),
    flow: flowTo(oven),
  });
  expect(found).toMatchObject({ outcome: 'in-place', facts: { tables: ['nftables kube-proxy'] } });
});

it('has nothing to say of a Service without an address', async () => {
  expect((await look({ state: 'as-listed' }, clusterWith({ ...records, address: 'None' }))).outcome).toBe('no-address');
});

it('looks at nothing it cannot see', async () => {
  const other = (query: string) => (query === 'nft-tables' ? ran('', { exitCode: 1, stderr: 'denied' }) : undefined);
  await expect(look({ state: 'as-listed', other })).rejects.toThrow(CannotLook);
});
