import { expect, it } from 'vitest';
import type { KubeObject } from '../../../src/domain/kinds.js';
import step from '../../../src/steps/intermittent/history-of-logs-is-quiet.js';
import { fakeWorld, portsOver } from '../../support/fake-world.js';
import { toCart } from '../connectivity/shop.js';
import { judgedBy } from '../mtu-conntrack/tables.js';
import { began, lookedBack, nothingKept } from './kept.js';

const judged = judgedBy(step, 'history-of-logs-is-quiet');
const sources = ['dns', 'rule', 'agent', 'client', 'server'];

type Lines = readonly [before: number, since: number];

/** Lines a second of each. */
const logged = (more: Readonly<Record<string, Lines>>, from = sources) =>
  lookedBack(
    from.map((one) => {
      const [before, since] = more[one] ?? [0, 0];
      return { what: `${one}-errors`, before, since };
    }),
    { owners: [''] },
  );

it.each([
  ['quiet', logged({ dns: [0, 0.01] })],
  ['dns-logged', logged({ dns: [0.001, 0.4], client: [0, 3] })],
  ['rules-logged', logged({ rule: [0, 0.1] })],
  ['agents-logged', logged({ agent: [0.02, 0.1] })],
  ['client-logged', logged({ client: [0, 3] })],
  ['servers-logged', logged({ server: [0, 3] })],
  ['high-before', logged({ client: [3, 3] })],
  ['partly-kept', logged({}, ['dns', 'client'])],
  ['nothing-kept', logged({}, [])],
  ['no-history', nothingKept],
])('%s', (outcome, evidence) => expect(judged(evidence).outcome).toBe(outcome));

it('takes a moment without a line for one without an error, where lines are kept at all', () => {
  const burst = lookedBack([], { owners: [''] });
  const { history } = burst;
  // Loki moves the moments of a window onto multiples of its step.
  const points = [0, 1, 2].map((at): [number, number] => [history.from + 20 + (71 + at) * 45, 0.5]);
  const evidence = { ...burst, history: { ...history, series: [{ what: 'client-errors', labels: {}, points }] } };
  const { outcome, facts } = judged(evidence);
  expect({ outcome, rises: facts.rises }).toEqual({
    outcome: 'client-logged',
    rises: ['client-errors 0/s > 0.5/s at 09:28Z'],
  });
});

it('sees what is younger than a step, in the moment that follows', () => {
  const young = lookedBack([], { owners: [''] });
  const { history } = young;
  const points: [number, number][] = [[history.to + 7, 0.5]];
  const evidence = {
    ...young,
    history: { ...history, series: [{ what: 'client-errors', labels: {}, points }] },
    began: history.to - 5,
  };
  expect(judged(evidence).outcome).toBe('client-logged');
});

const pod = (name: string, more: object = {}): KubeObject<'pods'> => ({
  metadata: { name, namespace: 'shop', labels: { app: 'cart' }, ...more },
});
const deployed = (name: string) =>
  pod(`cart-7d9f8b6c5-${name}`, {
    generateName: 'cart-7d9f8b6c5-',
    labels: { app: 'cart', 'pod-template-hash': '7d9f8b6c5' },
  });

it.each([
  ['of a Deployment', [deployed('x2x3z'), deployed('9lk2p')], [{ stem: 'cart', words: 2 }]],
  ['of a DaemonSet', [pod('cart-x2x3z', { generateName: 'cart-' })], [{ stem: 'cart', words: 1 }]],
  [
    'of a StatefulSet',
    [
      pod('cart-0', {
        generateName: 'cart-',
        labels: { app: 'cart', 'statefulset.kubernetes.io/pod-name': 'cart-0' },
      }),
    ],
    [{ stem: 'cart-0', words: 0 }],
  ],
  ['by itself', [pod('cart')], [{ stem: 'cart', words: 0 }]],
])('means with a Pod %s those that it replaced', async (_, servers, ends) => {
  const asked: unknown[] = [];
  const fake = fakeWorld(
    {
      services: [{ metadata: { name: 'cart', namespace: 'shop' }, spec: { selector: { app: 'cart' } } }],
      pods: [pod('client', { labels: {} }), ...servers],
    },
    {
      history({ question, args }) {
        asked.push([question, args]);
        return null;
      },
    },
  );
  await step.collect(portsOver(step, fake, { since: began * 1000 }), toCart, fake.signal);
  expect(asked).toEqual([
    [
      'log-history',
      {
        ends: [
          { role: 'client', namespace: 'shop', stem: 'client', words: 0 },
          ...ends.map((end) => ({ role: 'server', namespace: 'shop', ...end })),
        ],
      },
    ],
  ]);
});
