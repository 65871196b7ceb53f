import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { chartSchema } from '../../../src/domain/series-chart.js';
import type { Way } from '../../../src/parse/recorder/series.js';
import step from '../../../src/steps/intermittent/every-way-holds-over-time.js';
import { recorded } from '../../parse/recorded.js';
import { series } from '../../parse/recorder/recording.js';
import { fakeWorld, portsOver, ran } from '../../support/fake-world.js';
import { cart, far, near, shop, slice, toCart } from '../connectivity/shop.js';
import { judgedBy } from '../mtu-conntrack/tables.js';

const judged = judgedBy(step, 'every-way-holds-over-time');

const late = { every: 5 };
const places = [
  ['endpoint', `${near}:8080`, { node: 'node-b', pod: 'cart-1' }],
  ['endpoint', '10.244.1.8:8080', { node: 'node-b', pod: 'cart-2' }],
  ['endpoint', `${far}:8080`, { node: 'node-c', pod: 'cart-3' }],
  ['service', '10.96.1.2:80', {}],
  ['name', 'cart.shop.svc.cluster.local.', {}],
] as const;
type Made = Parameters<typeof series>[2];

/** Every way as it is on a sound cluster, but for these. */
const recording = (habits: Readonly<Record<string, Made>> = {}, more: readonly ReturnType<typeof series>[] = []) => ({
  series: [...places.map(([way, to, made]) => series(way as Way, to, { ...made, ...habits[to] })), ...more],
  untried: [],
});
const answers = (habit: Made = {}) => [
  series('answer', `${near}:8080`, { node: 'node-b', pod: 'cart-1', tries: 60 }),
  series('answer', `${far}:8080`, { node: 'node-c', pod: 'cart-3', tries: 60, ...habit }),
];
const hanging = { every: 5, ms: 2400, usual: 4 };
const everyEndpoint = Object.fromEntries(places.slice(0, 3).map(([, to]) => [to, late]));
const shut = Object.fromEntries(places.map(([, to]) => [to, { every: 1, word: 'refused', ms: 1 }]));

it.each([
  ['holds', recording()],
  ['once', recording({ [`${far}:8080`]: { every: 299 } })],
  ['never-answers', recording(shut)],
  ['one-node', recording({ [`${near}:8080`]: late, '10.244.1.8:8080': late })],
  ['some-endpoints', recording({ [`${far}:8080`]: late })],
  ['every-endpoint', recording(everyEndpoint)],
  ['only-the-service-address', recording({ '10.96.1.2:80': { every: 9, word: 'timeout', ms: 8000 } })],
  ['some-hesitate', recording({}, answers(hanging))],
  ['all-hesitate', recording({}, answers(hanging).slice(1))],
  ['resets', recording({}, answers({ every: 10, word: 'reset', ms: 4 }))],
  // A server that closes without a word is one that does not answer.
  ['some-hesitate', recording({}, answers({ every: 10, word: 'empty', ms: 4 }))],
  ['only-the-name', recording({ 'cart.shop.svc.cluster.local.': { every: 10, ms: 5010 } })],
  ['too-few', recording({ [`${far}:8080`]: { every: 140 }, [`${near}:8080`]: { tries: 20 } })],
  ['nothing-recorded', { series: [], untried: [] }],
  // A server that needs a second and a half for every answer is slow, and nothing comes and goes.
  ['holds', recording({}, answers({ usual: 1500 }))],
  // A busy machine opens every connection late, and no packet was sent again.
  ['holds', recording(Object.fromEntries(places.map(([, to]) => [to, { usual: 600 }])))],
])('%s', (outcome, evidence) => expect(judged(evidence).outcome).toBe(outcome));

it('says how sure it is, who failed and who did not', () => {
  expect(judged(recording()).facts).toMatchObject({ tries: 1500, bound: 1, failing: [] });
  const { facts } = judged(recording({ [`${far}:8080`]: late }));
  expect(facts).toMatchObject({
    failing: [`${far}:8080 60/300`],
    clear: [`${near}:8080 0/300`, '10.244.1.8:8080 0/300'],
    nodes: ['node-c'],
    pods: ['cart-3'],
    how: { late: 60 },
    share: 20,
    signs: ['packets-sent-again'],
  });
  expect(chartSchema.parse(facts.chart).rows).toHaveLength(5);
});

const said: Record<string, string> = {
  'connects-over-time': 'connects-steady.nc-busybox',
  'requests-over-time': 'requests-hanging.nc-busybox',
  'lookups-over-time': 'lookups-steady.getent',
};
const tools: Record<string, string> = { 'lookups-over-time': 'getent' };
const pod = (query: string) =>
  query === 'resolver-config'
    ? ran(recorded('resolv-conf', 'cluster'))
    : ran(recorded('over-time', said[query] ?? ''), { tool: tools[query] ?? 'nc' });

const collected = async (answer: (query: string, args: JsonObject) => ReturnType<typeof pod>, seconds = 20) => {
  const world = fakeWorld(shop, { pod: answer });
  const shown: unknown[] = [];
  const options = { recordSeconds: seconds, onProgress: (facts: unknown) => shown.push(facts) };
  const evidence = step.evidence.parse(await step.collect(portsOver(step, world, options), toCart, world.signal));
  return { ...world, evidence, shown, judged: step.interpret(evidence, toCart) };
};

it('tries every way in every stretch, and shows what it has so far', async () => {
  const { evidence, used, ran: queries, shown, calls } = await collected(pod);
  expect(used).toEqual(step.reads);
  expect(queries.toSorted()).toEqual(step.runs.map(({ name }) => name).toSorted());
  expect(evidence.series.map(({ way, to }) => `${way} ${to}`)).toEqual([
    `endpoint ${near}:8080`,
    `endpoint ${far}:8080`,
    'service 10.96.1.2:80',
    `answer ${near}:8080`,
    `answer ${far}:8080`,
    'service-answer 10.96.1.2:80',
    'name cart.shop.svc.cluster.local.',
  ]);
  expect(evidence.series.every(({ stretches }) => stretches.length === 2)).toBe(true);
  expect(shown).toHaveLength(2);
  // No more than it has said it would.
  const rates = calls.flatMap((call) => ('args' in call && 'gap' in call.args ? [1000 / Number(call.args.gap)] : []));
  expect(rates.reduce((sum, rate) => sum + rate, 0) / 2).toBeLessThanOrEqual(step.perSecond ?? 0);
});

it('records what can be tried, and names what cannot', async () => {
  const withoutNames = (query: string) => {
    if (query === 'lookups-over-time') throw new CannotLook('tool-missing', 'There is no getent.');
    return pod(query);
  };
  const { evidence, judged: found } = await collected(withoutNames);
  expect(evidence.untried.map(({ to }) => to)).toEqual(['cart.shop.svc.cluster.local.']);
  expect(found.facts).toMatchObject({ untried: ['cart.shop.svc.cluster.local.'] });
});

it('could not look where nothing can be tried', async () => {
  const nothing = () => {
    throw new CannotLook('forbidden', 'pods/exec is forbidden');
  };
  await expect(collected(nothing)).rejects.toThrow('pods/exec is forbidden');
});

it('asks no port for a page that does not promise one', async () => {
  const plain = { ...cart, spec: { ...cart.spec, ports: [{ name: 'redis', port: 80, targetPort: 8080 }] } };
  const ports = [{ name: 'redis', port: 8080, protocol: 'TCP' }];
  const world = fakeWorld({ ...shop, services: [plain], endpointslices: [{ ...slice, ports }] }, { pod });
  await step.collect(portsOver(step, world, { recordSeconds: 10 }), toCart, world.signal);
  expect(world.ran).not.toContain('requests-over-time');
  expect(world.ran).toContain('connects-over-time');
});
