import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import type { Flow } from '../../../src/domain/flow.js';
import type { JsonObject } from '../../../src/domain/json.js';
import step from '../../../src/steps/kube-proxy/forwarding-is-not-filtered.js';
import { recorded } from '../../parse/recorded.js';
import { answersOf } from '../../parse/rules/on-node.js';
import { ran } from '../../support/fake-world.js';
import { clusterWith, flowTo, lookAt, records } from './clinic.js';

const cart = { ...records, endpoints: ['10.244.2.4'] };

interface Seen {
  /** What is recorded before and after, on the node of the client; the other nodes are as they should be. */
  readonly before: string;
  readonly after?: string;
  readonly connect?: string;
}

const route = (args: JsonObject) =>
  ran(
    String(args.address) === '10.244.1.9' ? '10.244.1.9 dev cni0 src 10.244.1.1' : '10.244.2.4 via 10.244.2.0 dev eth0',
  );

const look = (
  { before, after = before, connect = 'connect-timeout' }: Seen,
  objects = clusterWith(cart),
  flow: Flow = flowTo(cart),
) =>
  lookAt(step, 'forwarding-is-not-filtered', {
    here: { state: before },
    others: { state: 'as-listed' },
    objects,
    flow,
    pod: (query) => (query === 'tcp-connect' ? ran(recorded('nc-busybox', connect), { tool: 'nc' }) : ran('')),
    on: (query, args, node) => {
      if (query === 'route-to-address') return route(args);
      const state = node !== 'node-a' ? 'as-listed' : args.moment === 'after' ? after : before;
      return answersOf({ state })(query, args);
    },
  });

it.each([
  ['dropped', { before: 'around-rule-before', after: 'around-rule-after' }],
  ['dropped', { before: 'around-policy-before', after: 'around-policy-after' }],
  ['dropped', { before: 'around-legacy-before', after: 'around-legacy-after' }],
  ['rejected', { before: 'around-reject-before', after: 'around-reject-after', connect: 'connect-no-route' }],
  ['rejected', { before: 'around-firewalld-before', after: 'around-firewalld-after', connect: 'connect-no-route' }],
  ['would-stop', { before: 'foreign-drop' }],
  ['open', { before: 'as-listed', connect: 'connect-open' }],
  ['passes-anyway', { before: 'foreign-drop', connect: 'connect-open' }],
])('%s', async (outcome, seen) => {
  const found = await look(seen);
  expect(found.outcome).toBe(outcome);
  expect(found.used.toSorted()).toEqual(step.reads.toSorted());
});

it('closed-to-node: tells a firewall of the node itself from one on the way', async () => {
  const found = await look({ before: 'around-rule-before', after: 'around-rule-after' });
  const evidence = step.evidence.parse(found.evidence);
  for (const filter of evidence.around?.seen.flatMap(({ filters }) => filters) ?? []) filter.local = true;
  expect(step.interpret(evidence, flowTo(cart)).outcome).toBe('closed-to-node');
});

it('names the rule, its table and what it counted', async () => {
  expect((await look({ before: 'around-rule-before', after: 'around-rule-after' })).facts).toMatchObject({
    node: 'node-a',
    rule: '-A FORWARD -d 10.244.0.0/16 -j DROP',
    table: 'iptables-nft ip filter',
    failed: 2,
  });
  expect((await look({ before: 'around-policy-before', after: 'around-policy-after' })).facts?.rule).toBe(
    'policy of FORWARD',
  );
});

it('accuses no policy DROP behind the rules of the CNI that accept', async () => {
  expect((await look({ before: 'docker-drop' })).outcome).toBe('open');
});

it('blames a rule for nothing that it did not count', async () => {
  const found = await look({ before: 'around-rule-after' });
  expect(found.result).not.toBe('fail');
});

it('leaves the rules of NetworkPolicies to their own check', async () => {
  const { around } = (await look({ before: 'foreign-drop' })).evidence;
  const seen = around.seen.map((one: { filters: object[] }) => ({
    ...one,
    filters: one.filters.map((filter) => ({ ...filter, whose: 'policies' })),
  }));
  const evidence = step.evidence.parse({
    target: { address: '10.244.2.4', port: 8700, node: 'node-b' },
    around: { ...around, seen },
  });
  expect(step.interpret(evidence, flowTo(cart)).outcome).toBe('by-policy');
  const unseen = [{ node: 'node-b', role: 'destination', why: 'no way in' }];
  const half = step.evidence.parse({ ...evidence, around: { ...around, seen: [], unseen } });
  expect(step.interpret(half, flowTo(cart)).outcome).toBe('partly-seen');
});

it('tells what kube-proxy itself stops from the rules of others', async () => {
  const { around } = (await look({ before: 'foreign-drop' })).evidence;
  const own = (one: { filters: object[] }, whose: string[]) => ({
    ...one,
    filters: one.filters.flatMap((filter) => whose.map((name) => ({ ...filter, whose: name }))),
  });
  const judged = (whose: string[], connect = around.connect) => {
    const seen = around.seen.map((one: { filters: object[] }) => own(one, whose));
    const target = { address: '192.0.2.33', port: 80, node: '' };
    return step.interpret(step.evidence.parse({ target, around: { ...around, connect, seen } }), flowTo(cart)).outcome;
  };
  expect(judged(['kube-proxy'])).toBe('by-kube-proxy');
  expect(judged(['kube-proxy', 'other'])).toBe('would-stop');
  expect(judged(['kube-proxy'], { ...around.connect, failed: 0 })).toBe('open');
});

it('tries nothing where there is no endpoint', async () => {
  expect((await look({ before: 'as-listed' }, clusterWith({ ...cart, endpoints: [] }))).outcome).toBe('not-tried');
});

it('looks at nothing where the node of the source cannot be seen', async () => {
  const looking = lookAt(step, 'forwarding-is-not-filtered', {
    here: { state: 'as-listed' },
    objects: clusterWith(cart),
    flow: flowTo(cart),
    pod: () => ran(recorded('nc-busybox', 'connect-timeout'), { tool: 'nc' }),
    on: (query, args, node) => {
      if (node === 'node-a') throw new CannotLook('forbidden', 'a password is required');
      return query === 'route-to-address' ? route(args) : answersOf({ state: 'as-listed' })(query, args);
    },
  });
  await expect(looking).rejects.toThrow(CannotLook);
});

const outside = {
  from: { kind: 'pod', namespace: cart.namespace, name: 'client' },
  to: { kind: 'ip', address: '198.51.100.7' },
  protocol: 'TCP',
  port: 80,
} as const satisfies Flow;

const spoken = ({ connect = 'connect-timeout' }: Seen) => ran(recorded('nc-busybox', connect), { tool: 'nc' });
const wayTo = (address: string, node: string) => {
  if (address === '10.244.1.9') return '10.244.1.9 dev cni0 src 10.244.1.1';
  const local = address === '10.0.0.12' && node === 'node-b';
  return local ? 'local 10.0.0.12 dev lo src 10.0.0.12' : `${address} via 10.0.0.1 dev eth0`;
};

const lookOut = (seen: Seen, flow: Flow = outside) =>
  lookAt(step, 'forwarding-is-not-filtered', {
    here: { state: seen.before },
    objects: clusterWith(cart),
    flow,
    pod: () => spoken(seen),
    on: (query, args, node) => {
      if (query === 'tcp-connect') return spoken(seen);
      if (query === 'route-to-address') return ran(wayTo(String(args.address), node));
      return answersOf({ state: args.moment === 'after' ? (seen.after ?? seen.before) : seen.before })(query, args);
    },
  });

it('looks at the way to an address outside on the node of the source alone', async () => {
  const found = await lookOut({ before: 'around-policy-before', after: 'around-policy-after' });
  expect(found).toMatchObject({
    outcome: 'dropped',
    facts: { node: 'node-a', address: '198.51.100.7', 'target-port': 80 },
  });
  expect(found.evidence.around.seen.map(({ node }: { node: string }) => node)).toEqual(['node-a']);
  expect((await lookOut({ before: 'docker-drop' })).outcome).toBe('open');
});

it('looks at what a node keeps from itself, from another node too', async () => {
  const to = { kind: 'node', name: 'node-b' } as const;
  const found = await lookOut({ before: 'as-listed' }, { ...outside, to, port: 10_250 });
  expect(found).toMatchObject({ outcome: 'open', facts: { address: '10.0.0.12', nodes: ['node-a', 'node-b'] } });
  const bare = await lookOut(
    { before: 'as-listed' },
    { ...outside, from: { kind: 'node', name: 'node-a' }, to, port: undefined },
  );
  expect(bare).toMatchObject({ outcome: 'open', facts: { 'target-port': 10_250 } });
});

const toPod = {
  ...flowTo(cart),
  to: { kind: 'pod' as const, namespace: cart.namespace, name: `${cart.name}-1` },
  port: cart.target,
};

it('follows what is sent to a Pod without a Service between', async () => {
  const found = await look({ before: 'around-rule-before', after: 'around-rule-after' }, clusterWith(cart), toPod);
  expect(found).toMatchObject({ outcome: 'dropped', facts: { address: '10.244.2.4', 'target-port': 8700 } });
});

it('not-tried: nobody knows the port of a Pod that names none', async () => {
  const { port: _, ...noPort } = toPod;
  expect((await look({ before: 'as-listed' }, clusterWith(cart), noPort)).outcome).toBe('not-tried');
});
