import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { AnyStep } from '../../../src/domain/step.js';
import step from '../../../src/steps/dns/name-resolves-every-time.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { toCart } from '../shop.js';
import { dnsShop, hears, resolvConf } from './dns-shop.js';

const look = looking(step as unknown as AnyStep, 'name-resolves-every-time');

/** Every lookup after the first `good` ones fails. */
const failingAfter = (good: number) => {
  let asked = 0;
  return (query: string) => {
    if (query === 'resolver-config') return resolvConf();
    asked += 1;
    return ran(recorded('getent', asked > good ? 'lookup-not-found' : 'lookup-short'), { tool: 'getent' });
  };
};

it.each([
  ['every-time', 9, 0],
  ['some-fail', 5, 4],
  ['never', 0, 9],
])('%s', async (outcome, good, failed) => {
  const found = await look(dnsShop, { flow: toCart, answers: { pod: failingAfter(good) } });
  expect(found).toMatchObject({ outcome, facts: { of: 9, failed, name: 'cart.shop.svc.cluster.local.' } });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('asks the servers where no program looks names up as others do', async () => {
  const pod = (query: string, args: JsonObject) => {
    if (query === 'libc-lookup') throw new CannotLook('tool-missing', 'no such program');
    return hears()(query, args);
  };
  expect((await look(dnsShop, { flow: toCart, answers: { pod } })).outcome).toBe('every-time');
});

it('says nothing of words that nobody understands', async () => {
  const pod = (query: string) => (query === 'resolver-config' ? resolvConf() : ran('exit=127', { tool: 'getent' }));
  await expect(look(dnsShop, { flow: toCart, answers: { pod } })).rejects.toThrow(CannotLook);
});
