import { expect, it } from 'vitest';
import step from '../../../src/steps/intermittent/history-shows-no-throttling.js';
import { fakeWorld, portsOver } from '../../support/fake-world.js';
import { cart, client, toCart } from '../connectivity/shop.js';
import { judgedBy } from '../mtu-conntrack/tables.js';
import { began, lookedBack, nothingKept, recordedHistory } from './kept.js';

const judged = judgedBy(step, 'history-shows-no-throttling');
const held = (what: string, before: number, since: number, warnings: readonly string[] = []) =>
  lookedBack([{ what, labels: { namespace: 'shop', pod: 'cart-7' }, before, since }], { owners: [] }, warnings);

it.each([
  ['quiet', held('server-throttled', 0, 0.1)],
  ['servers-throttled', held('server-throttled', 0.05, 0.9)],
  ['dns-throttled', held('dns-throttled', 0, 0.6)],
  ['high-before', held('server-throttled', 0.9, 0.9)],
  ['partly-kept', held('server-throttled', 0, 0, ['one of two stores did not answer'])],
  ['nothing-kept', lookedBack([], { owners: [] })],
  ['no-history', nothingKept],
])('%s', (outcome, evidence) => expect(judged(evidence).outcome).toBe(outcome));

it('tells a server from the cluster DNS', async () => {
  const pod = (namespace: string, name: string, labels: Record<string, string>) => ({
    ...{ metadata: { namespace, name, labels }, spec: { nodeName: 'node-b' } },
  });
  const history = recordedHistory('throttling');
  const [of] = history.series;
  const dns = of && { ...of, labels: { namespace: 'kube-system', pod: 'coredns-1' } };
  const fake = fakeWorld(
    {
      services: [cart],
      pods: [
        client,
        pod('shop', 'cart-7', { app: 'cart' }),
        pod('kube-system', 'coredns-1', { 'k8s-app': 'kube-dns' }),
      ],
    },
    { history: () => ({ ...history, series: [...history.series, ...(dns ? [dns] : [])] }) },
  );
  const evidence = await step.collect(portsOver(step, fake, { since: began * 1000 }), toCart, fake.signal);
  const { outcome, facts } = judged(evidence);
  expect(outcome).toBe('servers-throttled');
  expect(facts.rises).toEqual([
    expect.stringMatching(/^shop\/cart-\S+ server-throttled \S+ % > 94 % at/),
    expect.stringMatching(/^kube-system\/coredns-1 dns-throttled/),
  ]);
  expect(fake.calls.at(-1)).toMatchObject({
    args: {
      pods: [
        { namespace: 'shop', name: 'cart-7' },
        { namespace: 'kube-system', name: 'coredns-1' },
      ],
    },
  });
});
