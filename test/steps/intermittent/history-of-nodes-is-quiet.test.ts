import { describe, expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/intermittent/history-of-nodes-is-quiet.js';
import { fakeWorld, portsOver } from '../../support/fake-world.js';
import { cart, client, toCart } from '../connectivity/shop.js';
import { judgedBy } from '../mtu-conntrack/tables.js';
import { began, lookedBack, nothingKept, recordedHistory } from './kept.js';

const judged = judgedBy(step, 'history-of-nodes-is-quiet');
const labels = { instance: '10.0.0.11:9100' };
const calm = [
  { what: 'table-share', labels, before: 0.2, since: 0.2 },
  { what: 'processor-drops', labels, before: 0, since: 0 },
  { what: 'device-drops', labels: { ...labels, device: 'eth0' }, before: 0.5, since: 0.6 },
  { what: 'resent-share', labels, before: 0.001, since: 0.001 },
];
const but = (what: string, before: number | undefined, since: number) =>
  lookedBack(calm.map((one) => (one.what === what ? { ...one, before, since } : one)));

const besides = (what: string, before: number, since: number) =>
  lookedBack([...calm, { what, labels: { namespace: 'shop', pod: 'cart-7' }, before, since }]);

it.each([
  ['quiet', lookedBack(calm)],
  ['table-filled', but('table-share', 0.3, 0.97)],
  ['processors-dropped', but('processor-drops', 0, 3)],
  ['devices-dropped', but('device-drops', 0.5, 40)],
  ['more-resent', but('resent-share', 0.001, 0.2)],
  // As bad as ever, and bad with nothing known of the time before: neither came with the trouble.
  ['high-before', but('device-drops', 40, 41)],
  ['high-before', but('device-drops', undefined, 41)],
  // Kept by an exporter that looks into Pods, which nobody misses where it is not.
  ['quiet', besides('pod-resent-share', 0.001, 0.001)],
  ['more-resent', besides('pod-resent-share', 0.001, 0.2)],
  ['queues-overflowed', besides('pod-overflows', 0, 4)],
  ['pods-dropped', besides('pod-device-drops', 0, 12)],
  ['pods-dropped', besides('pod-losses', 0.1, 12)],
  ['high-before', besides('pod-losses', 11, 12)],
  // Ten times nearly nothing is nearly nothing.
  ['quiet', but('processor-drops', 0.001, 0.01)],
  ['partly-kept', lookedBack(calm.slice(1))],
  ['partly-kept', lookedBack(calm, { owners: ['node-a', 'node-b'] })],
  ['partly-kept', lookedBack(calm, {}, ['one of two stores did not answer'])],
  ['nothing-kept', lookedBack([])],
  ['no-history', nothingKept],
])('%s', (outcome, evidence) => expect(judged(evidence).outcome).toBe(outcome));

it('takes a history that ends before the trouble for none of it', () => {
  const evidence = lookedBack(calm);
  const series = evidence.history.series.map((one) => ({ ...one, points: one.points.filter(([at]) => at < began) }));
  expect(judged({ ...evidence, history: { ...evidence.history, series } }).outcome).toBe('nothing-kept');
});

it('names what rose from what to what in the recording of a lossy wire, and draws it', () => {
  const names = { '10.0.0.11': 'node-a', '10.0.0.12': 'node-b' };
  const { outcome, facts } = judged({ history: recordedHistory('nodes'), began, names, owners: ['node-a', 'node-b'] });
  expect(outcome).toBe('more-resent');
  expect(facts.rises).toEqual([expect.stringMatching(/^node-b resent-share 0\.\d+ % > 18 % at 09:3\dZ$/)]);
  expect(facts.unseen).toEqual([]);
  expect(facts.chart).toMatchObject({ rows: [{ label: 'node-b resent-share' }, {}, {}, {}, {}, {}, {}, {}] });
});

describe('collect', () => {
  const node = (name: string, address: string) => ({
    metadata: { name },
    status: { addresses: [{ type: 'InternalIP', address }] },
  });
  const objects = {
    services: [cart],
    pods: [
      client,
      {
        ...client,
        metadata: { ...client.metadata, name: 'cart-7', labels: { app: 'cart' } },
        spec: { nodeName: 'node-b' },
      },
    ],
    nodes: [node('node-a', '10.0.0.11'), node('node-b', '10.0.0.12')],
  };

  it('asks for the nodes of the flow by name and address, and for the window of the trouble', async () => {
    const fake = fakeWorld(objects, { history: () => recordedHistory('nodes') });
    const ports = portsOver(step, fake, { since: began * 1000 + 999 });
    const evidence = await step.collect(ports, toCart, fake.signal);
    expect(evidence).toMatchObject({ began, names: { '10.0.0.11': 'node-a' }, owners: ['node-a', 'node-b'] });
    expect(fake.used.toSorted()).toEqual([...step.reads].toSorted());
    expect(fake.calls.find((call) => 'verb' in call && call.verb === 'history')).toEqual({
      ...{ port: 'kube', verb: 'history', question: 'node-history' },
      args: {
        nodes: ['node-a', 'node-b', '10.0.0.11', '10.0.0.12'],
        pods: [
          { namespace: 'shop', name: 'client' },
          { namespace: 'shop', name: 'cart-7' },
        ],
      },
      since: Date.parse('2026-11-22T09:28:00Z'),
    });
  });

  it('does without the addresses of nodes that it may not read', async () => {
    const fake = fakeWorld(objects, { history: () => null, deny: ['nodes'] });
    const evidence = await step.collect(portsOver(step, fake), toCart, fake.signal);
    expect(step.interpret(evidence, toCart).outcome).toBe('no-history');
  });

  it('does not take a refusal for silence', async () => {
    const fake = fakeWorld(objects, { deny: ['services/proxy'] });
    await expect(step.collect(portsOver(step, fake), toCart, fake.signal)).rejects.toThrow(CannotLook);
  });
});
