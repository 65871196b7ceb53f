import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { AnyStep } from '../../../src/domain/step.js';
import step from '../../../src/steps/dns/outside-name-resolves.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { dnsShop, hears, inPod, toHost } from './dns-shop.js';

const look = looking(step as unknown as AnyStep, 'outside-name-resolves');
const outside = 'www.example.com.';
const heard = (word: string, own = 'found') => ({ udp: (_: string, name: string) => (name === outside ? word : own) });
const seen = (pod: (query: string, args: JsonObject) => ReturnType<typeof ran>) =>
  look(dnsShop, { flow: toHost, answers: { pod } });

it.each([
  ['found', heard('found')],
  ['not-found', heard('not-found')],
  ['not-found', heard('no-address')],
  ['only-outside-fails', heard('timeout')],
  ['only-outside-fails', heard('server-failure')],
  ['nothing-resolves', heard('timeout', 'timeout')],
  ['nothing-resolves', heard('no-server', 'no-server')],
])('%s (%#)', async (outcome, words) => {
  const found = await look(dnsShop, { flow: toHost, answers: inPod(words) });
  expect(found.outcome).toBe(outcome);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

const libc =
  (text: string, dns = false) =>
  (query: string, args: JsonObject) => {
    if (query === 'libc-lookup') return ran(text, { tool: 'getent' });
    if (query === 'resolve-name' && !dns) throw new CannotLook('tool-missing', 'no such program');
    return hears()(query, args);
  };

it.each([
  ['slow', 'exit=124', true],
  ['found', recorded('getent', 'lookup-short'), false],
  ['unresolved', 'exit=2', false],
  ['no-name-tool', 'exit=127', false],
] as [string, string, boolean][])('%s by the libc alone', async (outcome, text, dns) => {
  const found = await seen(libc(text, dns));
  expect(found.outcome).toBe(outcome);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('accuses nobody of a resolver that knows no cluster, as long as it finds the name', async () => {
  expect((await look(dnsShop, { flow: toHost, answers: inPod(heard('found', 'not-found')) })).result).toBe('pass');
});
