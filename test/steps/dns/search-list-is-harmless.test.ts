import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { AnyStep } from '../../../src/domain/step.js';
import step from '../../../src/steps/dns/search-list-is-harmless.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { dnsShop, type Heard, hears, inPod, toHost } from './dns-shop.js';

const look = looking(step as unknown as AnyStep, 'search-list-is-harmless');
const whole = 'www.example.com.';
const seen = (heard: Heard) => look(dnsShop, { flow: toHost, answers: inPod(heard) });
const candidates = (word: string, own = 'found'): Heard => ({ udp: (_, name) => (name === whole ? own : word) });

it.each([
  ['few-questions', { ndots: 1 }],
  ['many-questions', candidates('not-found')],
  // An address that the whole name has as well is no harm.
  ['many-questions', candidates('found')],
  ['answers-for-others', candidates('several')],
  ['completes', candidates('found', 'not-found')],
  ['breaks-off', candidates('server-failure')],
  ['not-understood', candidates('no-server')],
] as [string, Heard][])('%s (%#)', async (outcome, heard) => {
  const found = await seen(heard);
  expect(found.outcome).toBe(outcome);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('counts the questions and says who answers', async () => {
  const found = await seen(candidates('several'));
  expect(found.facts).toMatchObject({ ndots: 5, questions: 8, candidate: 'www.example.com.shop.svc.cluster.local.' });
});

it('says nothing without a program that asks', async () => {
  const pod = (query: string, args: JsonObject) => {
    if (query === 'resolve-name') throw new CannotLook('tool-missing', 'no such program');
    return hears()(query, args);
  };
  await expect(look(dnsShop, { flow: toHost, answers: { pod } })).rejects.toThrow(CannotLook);
});

it('asks nobody twice for a name with a final dot', async () => {
  const flow = { ...toHost, to: { ...toHost.to, name: whole } };
  const asked: JsonObject[] = [];
  const pod = (query: string, args: JsonObject) => {
    if (query === 'resolve-name') asked.push(args);
    return query === 'resolve-name' ? ran('', { tool: 'dig' }) : hears()(query, args);
  };
  await look(dnsShop, { flow, answers: { pod } });
  expect(asked).toEqual([{ name: whole }]);
});
