import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Flow } from '../../../src/domain/flow.js';
import { parseLocalHealth } from '../../../src/parse/rules/health-check-port.js';
import step from '../../../src/steps/kube-proxy/health-check-ports-agree.js';
import { ran } from '../../support/fake-world.js';
import { endpoints, flow, from, lobby, lookIn } from './lobby.js';

const recorded = (port: number) =>
  readFileSync(new URL(`../../fixtures/health-check-port/${port}.json`, import.meta.url), 'utf8');
// What a kube-proxy said of "gate" without an endpoint there, and of "lift" with one.
const [none, some] = [recorded(32_081), recorded(32_083)];

const objects = (listed: readonly (typeof endpoints.near)[]) => {
  const all = lobby({ lift: listed });
  const services = (all.services ?? []).map((one) =>
    one.metadata?.name === 'lift' ? { ...one, spec: { ...one.spec, healthCheckNodePort: 32_083 } } : one,
  );
  return { ...all, services };
};
const noneOfLift = none.replace('gate', 'lift');

interface Seen {
  readonly said?: Readonly<Record<string, string>>;
  readonly listed?: readonly (typeof endpoints.near)[];
  readonly flow?: Flow;
}
const toLift: Flow = {
  from: from('guest'),
  to: { kind: 'service', namespace: 'lobby', name: 'lift' },
  protocol: 'TCP',
};
const look = ({
  said = {},
  listed = [endpoints.near],
  flow: seen = flow(from('guest'), 'node-b', 30_083),
}: Seen = {}) =>
  lookIn(
    step,
    'health-check-ports-agree',
  )({
    flow: seen,
    objects: objects(listed),
    on: (_query, _args, node) => ran(said[node] ?? (node === 'node-b' ? some : noneOfLift)),
  });

it.each([
  ['agree', {}],
  ['agree', { flow: toLift }],
  ['says-none', { said: { 'node-b': noneOfLift } }],
  ['says-some', { said: { 'node-c': some } }],
  ['silent', { said: { 'node-b': '' } }],
  ['silent', { said: { 'node-b': some.replace('lift', 'gate') } }],
  ['not-local', { flow: flow(from('guest'), 'node-b', 30_080) }],
  ['not-local', { flow: flow(from('guest'), 'node-b', 31_999) }],
] satisfies [string, Seen][])('%s %j', async (outcome, seen) => expect(await look(seen)).toMatchObject({ outcome }));

it('raises no alarm for a node that counts its endpoints otherwise', async () => {
  expect(await look({ said: { 'node-b': some.replace(': 1', ': 3') } })).toMatchObject({ outcome: 'agree' });
});

it('names the node that is wrong, and those that are right', async () => {
  expect((await look({ said: { 'node-b': noneOfLift } })).facts).toMatchObject({
    node: 'node-b',
    wrong: ['node-b'],
    right: ['node-a', 'node-c'],
    owner: 'lobby/lift',
  });
});

it('never throws, whatever it reads', () => {
  fc.assert(fc.property(fc.string(), (text) => parseLocalHealth(text) === undefined));
  fc.assert(
    fc.property(
      fc.nat(),
      fc.string(),
      (at, put) => (parseLocalHealth(some.slice(0, at % some.length) + put)?.endpoints ?? 0) >= 0,
    ),
  );
});
