import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/cni/cilium-devices-take-every-source.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { ciliumShop, connect, flannelShop, nobodyAsks } from './plugin-shop.js';
import { toCart } from './three-nodes.js';

const look = looking(step, 'cilium-devices-take-every-source');
const text = recorded('kernel-counters', 'before');
const header = /^(\S+:TcpExt: .*)$/m;

/** The recorded counters, with the one of the filter as a case has it. */
const counters = (count: number) => {
  const [line = ''] = header.exec(text) ?? [];
  const at = line.split(' ').indexOf('IPReversePathFilter');
  expect(at).toBeGreaterThan(0);
  const [names = '', values = ''] = text.split('\n').filter((one) => one.includes(':TcpExt: '));
  const changed = values.split(' ').map((value, index) => (index === at ? String(count) : value));
  expect(names).toBe(line);
  return text.replace(values, changed.join(' '));
};

interface World {
  readonly all?: number;
  readonly device?: number;
  readonly rise?: number;
  readonly how?: 'timeout' | 'open';
  readonly names?: string;
  readonly unseen?: string;
}
const seen = async ({
  all = 0,
  device = 0,
  rise = 0,
  how = 'timeout',
  names = 'cilium_host\nlxc_health\nlxc12ab34cd56ef\neth0',
  unseen,
}: World) => {
  const found = await look(ciliumShop(), {
    flow: toCart,
    answers: {
      pod: () => connect(how),
      node: (query, args, node) => {
        if (node === unseen) throw new CannotLook('forbidden', 'nobody may enter');
        if (query === 'device-names') return ran(names);
        if (query === 'kernel-counters') return ran(counters('since' in args ? 7 + rise : 7), { tool: 'grep' });
        const wanted = (args as { names: string[] }).names;
        return ran(wanted.map((name) => `${name} = ${name.includes('.all.') ? all : device}`).join('\n'));
      },
    },
  });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
  return found;
};

it.each([
  ['open', {}],
  // Loose drops nothing that has a way back at all, and hides a strict one of a device.
  ['open', { all: 2, device: 1 }],
  ['filtered', { device: 1, rise: 8 }],
  ['filtered', { all: 1, rise: 8 }],
  ['strict', { device: 1 }],
  ['strict', { device: 1, rise: 8, how: 'open' }],
  ['no-devices', { names: 'eth0\nlxc_health' }],
  ['partly-seen', { unseen: 'node-c' }],
] as [string, World][])('%s', async (outcome, world) => {
  expect((await seen(world)).outcome).toBe(outcome);
});

it('names the device and what was counted', async () => {
  expect((await seen({ device: 1, rise: 8 })).facts).toMatchObject({ devices: ['lxc12ab34cd56ef'], counted: 8 });
});

it('not-tried and not-cilium ask nobody', async () => {
  const udp = { ...toCart, protocol: 'UDP' } as const;
  expect((await look(ciliumShop(), { flow: udp, answers: nobodyAsks })).outcome).toBe('not-tried');
  expect((await look(flannelShop(), { flow: toCart, answers: nobodyAsks })).outcome).toBe('not-cilium');
});
