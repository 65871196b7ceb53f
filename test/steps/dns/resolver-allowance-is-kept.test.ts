import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import type { JsonObject } from '../../../src/domain/json.js';
import step from '../../../src/steps/dns/resolver-allowance-is-kept.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { checkout } from '../shop.js';
import { dnsShop, toHost } from './dns-shop.js';

const look = looking(step, 'resolver-allowance-is-kept');
// As the driver ENA writes them.
const card = (count?: number) =>
  `NIC statistics:\n     tx_timeout: 0\n${count === undefined ? '' : `     linklocal_allowance_exceeded: ${count}\n`}`;

const seen = (counts: readonly [number?, number?], heard: string, pods = dnsShop.pods ?? []) =>
  look(
    { ...dnsShop, pods },
    {
      flow: toHost,
      answers: {
        pod: () => ran(recorded('nslookup-busybox', heard), { tool: 'nslookup' }),
        node: (query: string, args: JsonObject) =>
          query === 'device-names'
            ? ran('cni0\neth0\nlo\n', { tool: 'ls' })
            : ran(card(args.since === '1' ? counts[0] : counts[1]), { tool: 'ethtool' }),
      },
    },
  );

it.each([
  ['kept', [70_000, 70_000], 'timeout'],
  ['exceeded', [70_000, 70_041], 'timeout'],
  ['exceeded-unfelt', [70_000, 70_041], 'not-found'],
  ['not-counted', [], 'timeout'],
] as const)('%s', async (outcome, counts, heard) => {
  const found = await seen(counts, heard);
  expect(found.outcome).toBe(outcome);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('counts what was dropped meanwhile, not what was dropped ever', async () => {
  expect((await seen([70_000, 70_041], 'timeout')).facts).toMatchObject({ rise: 41, failed: 6, asked: 6 });
});

it('could not look where nobody knows the nodes', async () => {
  await expect(seen([0, 0], 'timeout', [checkout()])).rejects.toThrow(CannotLook);
});
