import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/cni/cilium-tables-have-room.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { says } from './cilium-says.js';
import { ciliumShop, flannelShop, nobodyAsks } from './plugin-shop.js';
import { toCart } from './three-nodes.js';

const look = looking(step, 'cilium-tables-have-room');
const pressure = (name: string, value: number) => ({
  name: 'cilium_bpf_map_pressure',
  labels: { map_name: name },
  value,
});
const dropped = {
  name: 'cilium_drop_count_total',
  labels: { direction: 'EGRESS', reason: 'Policy denied' },
  value: 48,
};

const seen = async (rows: readonly object[] | 'nothing' | 'half') => {
  const agent = (_: string, __: object, node: string) => {
    if (rows === 'half' && node === 'node-c') throw new CannotLook('forbidden', 'nobody may exec there');
    return ran(
      rows === 'nothing' ? 'Error: not now' : JSON.stringify(rows === 'half' ? [pressure('ct4_global', 0.2)] : rows),
    );
  };
  const found = await look(ciliumShop(), { flow: toCart, answers: says({ agent }) });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
  return found;
};

it.each([
  ['room', [pressure('ct4_global', 0.4), pressure('policy_01234', 0.2)]],
  ['tracking-full', [pressure('ct4_global', 0.97)]],
  ['tracking-full', [pressure('cilium_ct_any4_global', 0.97)]],
  ['nat-full', [pressure('snat_v4_external', 0.95)]],
  ['nat-full', [pressure('nat4_all', 0.95)]],
  ['other-full', [pressure('policy_01234', 0.95)]],
  // Drops alone, of whatever time, say nothing of a table.
  ['not-counted', [dropped]],
  ['partly-seen', 'half'],
] as [string, readonly object[] | 'half'][])('%s', async (outcome, rows) => {
  expect((await seen(rows)).outcome).toBe(outcome);
});

it('names the table and how full it is', async () => {
  expect((await seen([pressure('ct4_global', 0.97)])).facts).toMatchObject({ table: 'ct4_global', percent: 97 });
});

it('could not look where the metrics were not understood', async () => {
  await expect(seen('nothing')).rejects.toThrow(CannotLook);
});

it('not-cilium: and asks nobody', async () => {
  expect((await look(flannelShop(), { flow: toCart, answers: nobodyAsks })).outcome).toBe('not-cilium');
});
