import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { parseLookup } from '../../../src/parse/lookup.js';
import { parseResolve } from '../../../src/parse/resolve.js';
import step from '../../../src/steps/connectivity/service-name-resolves.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { cart, look, sentences, shop, toCart } from './shop.js';

const known = {
  name: 'cart.shop.svc.cluster.local.',
  guessed: false,
  short: 'cart',
  nameservers: ['10.77.0.2'],
  expected: ['10.96.1.2'],
};
const dns = (name: string) => ({ dns: parseResolve(recorded('dig', name), 'dig') });
const lookup = (name: string) => parseLookup(recorded('getent', `lookup-${name}`), 'getent');
// What the script prints when its limit ends a lookup.
const slow = parseLookup('exit=124\n', 'getent');

it.each([
  ['matches', { ...known, ...dns('found') }],
  ['matches', { ...known, ...dns('found'), full: lookup('short'), shortForm: lookup('short') }],
  ['matches', { ...known, full: lookup('short') }],
  ['short-form-fails', { ...known, ...dns('found'), shortForm: lookup('not-found') }],
  ['wrong-address', { ...known, ...dns('found'), expected: ['10.96.9.9'] }],
  ['slow', { ...known, ...dns('found'), full: slow, shortForm: slow }],
  ['slow', { ...known, ...dns('found'), full: lookup('short'), shortForm: slow }],
  ['unresolved', { ...known, full: slow }],
  ['not-found', { ...known, ...dns('not-found') }],
  ['not-found', { ...known, ...dns('no-address') }],
  ['times-out', { ...known, ...dns('timeout') }],
  ['times-out', { ...known, ...dns('no-server') }],
  ['server-fails', { ...known, ...dns('server-failure') }],
  ['server-fails', { ...known, ...dns('refused') }],
  ['unresolved', { ...known, full: lookup('not-found') }],
  ['no-name-tool', known],
  ['no-cluster-domain', { ...known, guessed: true, ...dns('not-found') }],
  ['no-cluster-domain', { ...known, guessed: true, full: lookup('not-found') }],
  ['short-form-fails', { ...known, guessed: true, ...dns('found'), shortForm: lookup('not-found') }],
  ['no-name-tool', { ...known, guessed: true }],
])('%s %#', (outcome, evidence) => expect(sentences(step, 'service-name-resolves', evidence)).toBe(outcome));

const answers = (query: string, args: JsonObject) => {
  if (query === 'resolver-config') return ran(recorded('resolv-conf', 'cluster'), { tool: 'cat' });
  if (query === 'resolve-name') return ran(recorded('nslookup-busybox', 'found'), { tool: 'nslookup' });
  return ran(recorded('ping-busybox', `lookup-${String(args.name).startsWith('cart') ? 'short' : 'not-found'}`), {
    tool: 'ping',
  });
};

it('takes the domain of the cluster from the resolver of the source', async () => {
  const { judged, used, ran: queries, calls } = await look(step, toCart, shop, answers);
  expect(judged).toMatchObject({
    outcome: 'matches',
    facts: { name: known.name, short: 'cart', addresses: ['10.96.1.2'] },
  });
  expect(used).toEqual(step.reads);
  expect(queries).toEqual(step.runs.map(({ name }) => name));
  expect(calls).toContainEqual(expect.objectContaining({ query: 'resolve-name', args: { name: known.name } }));
});

it('tries the usual domain where the resolver tells none', async () => {
  const nodeResolver = (query: string) => {
    if (query === 'resolver-config') return ran('nameserver 10.0.0.53\n', { tool: 'cat' });
    if (query === 'resolve-name') return ran(recorded('dig', 'not-found'), { tool: 'dig' });
    return answers(query, { name: 'absent' });
  };
  const { judged, calls } = await look(step, toCart, shop, nodeResolver);
  expect(judged.outcome).toBe('no-cluster-domain');
  expect(calls).toContainEqual(expect.objectContaining({ query: 'resolve-name', args: { name: known.name } }));
});

it('asks for the name with its namespace from another one', async () => {
  const away = { ...toCart, from: { ...toCart.from, namespace: 'billing' } };
  const { calls } = await look(step, away, shop, answers);
  expect(calls).toContainEqual(expect.objectContaining({ query: 'libc-lookup', args: { name: 'cart.shop' } }));
});

it('expects no address of its own from a headless Service', async () => {
  const headless = { ...cart, spec: { ...cart.spec, clusterIP: 'None', clusterIPs: ['None'] } };
  expect((await look(step, toCart, { services: [headless] }, answers)).judged.outcome).toBe('matches');
});

it('says so when no tool looks names up', async () => {
  const bare = (query: string, args: JsonObject) => {
    if (query === 'resolver-config') return answers(query, args);
    throw new CannotLook('tool-missing', 'no such tool');
  };
  expect((await look(step, toCart, shop, bare)).judged.outcome).toBe('no-name-tool');
});
