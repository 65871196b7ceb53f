import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import type { Way } from '../../../src/parse/recorder/series.js';
import step from '../../../src/steps/intermittent/node-ways-hold-over-time.js';
import { recorded } from '../../parse/recorded.js';
import { series } from '../../parse/recorder/recording.js';
import { fakeWorld, portsOver, ran } from '../../support/fake-world.js';
import { far, shop, slice, toCart } from '../connectivity/shop.js';
import { judgedBy, town } from '../mtu-conntrack/tables.js';

const judged = judgedBy(step, 'node-ways-hold-over-time');
type Made = Parameters<typeof series>[2];

const recording = (
  habits: Partial<Record<Way, Made>> = {},
  ways: readonly Way[] = ['nodes', 'node-endpoint', 'endpoint'],
) => ({
  node: 'node-a',
  series: ways.map((way) =>
    series(way, way === 'nodes' ? '192.0.2.12:10250' : `${far}:8080`, { node: 'node-b', ...habits[way] }),
  ),
  untried: [],
  counted: [],
});
const late = { every: 5 };

it.each([
  ['hold', recording()],
  ['once', recording({ endpoint: { every: 299 } })],
  ['nodes-lose', recording({ nodes: late, 'node-endpoint': late, endpoint: late })],
  ['also-from-the-node', recording({ 'node-endpoint': late, endpoint: late })],
  ['only-from-the-pod', recording({ endpoint: late })],
  ['too-few', recording({ 'node-endpoint': { every: 140 }, nodes: { tries: 20 } })],
  ['one-node', recording({}, ['node-endpoint', 'endpoint'])],
  ['nothing-recorded', recording({}, ['endpoint'])],
  // A kubelet far away opens every connection late: nothing was sent again.
  ['hold', recording({ nodes: { usual: 700 } })],
])('%s', (outcome, evidence) => expect(judged(evidence).outcome).toBe(outcome));

it('names the counters that rise with the failures', () => {
  const evidence = recording({ endpoint: late });
  const [stretch] = evidence.series.find(({ way }) => way === 'endpoint')?.stretches ?? [];
  const calm = stretch && { ...stretch, resent: 0 };
  const twice = evidence.series.map((one) => ({
    ...one,
    stretches: [one.stretches[0], one.way === 'endpoint' ? calm : one.stretches[0]],
  }));
  const rose = { node: 'node-b', role: 'destination', stretches: [{ TcpExtListenDrops: 6 }, {}] };
  expect(judged({ ...evidence, series: twice, counted: [rose] }).facts).toMatchObject({
    counters: ['node-b TcpExtListenDrops +6'],
  });
});

const nodes = ['node-a', 'node-b'].map((name, at) => ({
  metadata: { name },
  status: { addresses: [{ type: 'InternalIP', address: `192.0.2.1${at + 1}` }] },
}));
const cluster = { ...town, services: shop.services, endpointslices: [slice], nodes };

const answer = (query: string) =>
  query === 'connects-over-time'
    ? ran(recorded('over-time', 'connects-steady.nc-busybox'), { tool: 'nc' })
    : ran(recorded('kernel-counters', 'before'), { tool: 'grep' });

const collected = async (node: (query: string) => ReturnType<typeof answer>) => {
  const world = fakeWorld(cluster, { pod: answer, node });
  const evidence = await step.collect(portsOver(step, world, { recordSeconds: 20 }), toCart, world.signal);
  return { ...world, evidence: step.evidence.parse(JSON.parse(JSON.stringify(evidence))) };
};

it('tries the kubelet of the other node, the endpoints from the node, and the same from the Pod', async () => {
  const { evidence, used, calls } = await collected(answer);
  // Each stretch asks anew, and none of the recording from the Pod alone answers for it.
  const moments = calls.flatMap((call) => ('args' in call ? [String(call.args.since)] : []));
  expect([...new Set(moments)].toSorted()).toEqual(['0.1', '1.1', '2.1']);
  expect(evidence.series.map(({ way }) => way)).toEqual([
    'nodes',
    'node-endpoint',
    'node-endpoint',
    'endpoint',
    'endpoint',
  ]);
  expect(evidence.counted.map(({ node, stretches }) => [node, stretches.length])).toEqual([
    ['node-a', 2],
    ['node-b', 2],
  ]);
  expect(used.toSorted()).toEqual(step.reads.toSorted());
});

it('could not look where the node of the Pod cannot be entered', async () => {
  const closed = () => {
    throw new CannotLook('forbidden', 'Nobody may enter node-a.');
  };
  await expect(collected(closed)).rejects.toThrow('Nobody may enter node-a.');
});
