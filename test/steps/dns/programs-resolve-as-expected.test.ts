import { expect, it } from 'vitest';
import type { AnyStep } from '../../../src/domain/step.js';
import step from '../../../src/steps/dns/programs-resolve-as-expected.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { checkout } from '../shop.js';
import { resolvConf, toHost } from './dns-shop.js';

const look = looking(step as unknown as AnyStep, 'programs-resolve-as-expected');
const alpine = '/lib:\napk\nld-musl-x86_64.so.1\nlibc.musl-x86_64.so.1\n';
const debian = '/lib:\nx86_64-linux-gnu\n\n/lib64:\nld-linux-x86-64.so.2\n';

const seen = (listing: string, nameservers: readonly string[] = ['10.96.0.10'], ndots = 5) =>
  look(
    { pods: [checkout()] },
    {
      flow: toHost,
      answers: {
        pod: (query) =>
          query === 'c-library' ? ran(listing, { tool: 'ls', exitCode: 1 }) : resolvConf(nameservers, ndots),
      },
    },
  );

it.each([
  ['glibc', debian, 5],
  ['musl-differs', alpine, 5],
  ['musl', alpine, 1],
  ['unknown', 'ls: /lib: Permission denied\n', 5],
] as const)('%s', async (outcome, listing, ndots) => {
  const found = await seen(listing, ['10.96.0.10'], ndots);
  expect(found.outcome).toBe(outcome);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('tells that several servers are asked at once', async () => {
  expect((await seen(alpine, ['10.96.0.10', '192.0.2.53'], 1)).facts).toMatchObject({
    oddities: ['asks-all-servers-at-once'],
  });
});

it('calls an image of musl no fault', async () => expect((await seen(alpine)).result).toBe('pass'));
