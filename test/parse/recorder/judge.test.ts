import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountOf } from '../../../src/parse/recorder/account.js';
import { judgeRecording } from '../../../src/parse/recorder/judge.js';
import { judgeNodeRecording } from '../../../src/parse/recorder/judge-nodes.js';
import { parseConnects, parseRequests } from '../../../src/parse/recorder/samples.js';
import type { Series } from '../../../src/parse/recorder/series.js';
import { recorded } from '../recorded.js';
import { series } from './recording.js';

const judged = (all: readonly Series[]) => judgeRecording(all.map(accountOf));
const judgedNodes = (all: readonly Series[]) => judgeNodeRecording(all.map(accountOf)).outcome;

const onB = { node: 'node-b' };
const onC = { node: 'node-c' };
const late = { every: 5 };
const refused = { every: 5, word: 'refused', ms: 2 };
const silent = { every: 5, word: 'timeout', ms: 8000 };

const well = [
  series('endpoint', '10.244.1.4:80', onB),
  series('endpoint', '10.244.1.5:80', onB),
  series('endpoint', '10.244.2.4:80', onC),
  series('service', '10.96.1.2:80'),
  series('name', 'cart.shop.svc.cluster.local.'),
];
const changed = (...instead: Series[]) => [
  ...well.filter(({ way, to }) => !instead.some((one) => one.way === way && one.to === to)),
  ...instead,
];

describe('from the Pod', () => {
  it.each([
    ['holds', well],
    ['once', changed(series('endpoint', '10.244.1.4:80', { ...onB, every: 299 }))],
    ['never-answers', well.map(({ way, to }) => series(way, to, { every: 1, word: 'timeout', tries: 1, ms: 8000 }))],
    ['some-endpoints', changed(series('endpoint', '10.244.1.4:80', { ...onB, ...refused }))],
    ['some-endpoints', changed(series('endpoint', '10.244.2.4:80', { ...onC, ...late }))],
    [
      'one-node',
      changed(
        series('endpoint', '10.244.1.4:80', { ...onB, ...late }),
        series('endpoint', '10.244.1.5:80', { ...onB, ...silent }),
      ),
    ],
    [
      'every-endpoint',
      changed(
        ...well
          .filter(({ way }) => way === 'endpoint')
          .map(({ to, node }) => series('endpoint', to, { node, ...late })),
      ),
    ],
    ['only-the-service-address', changed(series('service', '10.96.1.2:80', silent))],
    ['only-the-name', changed(series('name', 'cart.shop.svc.cluster.local.', { every: 10, ms: 5010 }))],
    // Twenty tries of the others show nothing that happens once in a hundred.
    [
      'too-few',
      [
        series('endpoint', '10.244.1.4:80', { ...onB, every: 100 }),
        series('endpoint', '10.244.2.4:80', { ...onC, tries: 20 }),
      ],
    ],
    ['nothing-recorded', []],
    ['nothing-recorded', [series('name', 'cart.shop.svc.cluster.local.')]],
  ] as const)('%s', (outcome, all) => expect(judged(all).outcome).toBe(outcome));

  const hanging = { every: 5, ms: 2400, usual: 4 };
  it('some-hesitate: connections are quick and the answers of one server are not', () => {
    const all = [
      ...well,
      series('answer', '10.244.1.4:80', { ...onB, tries: 60 }),
      series('answer', '10.244.2.4:80', { ...onC, tries: 60, ...hanging }),
    ];
    const { outcome, failing } = judged(all);
    expect(outcome).toBe('some-hesitate');
    expect(failing.map(({ to }) => to)).toEqual(['10.244.2.4:80']);
  });

  it('all-hesitate: the answers of every server are late now and then', () => {
    const answers = ['10.244.1.4:80', '10.244.2.4:80'].map((to) => series('answer', to, { tries: 60, ...hanging }));
    expect(judged([...well, ...answers]).outcome).toBe('all-hesitate');
  });

  it('does not blame a server that is slow every time', () => {
    const slow = ['10.244.1.4:80', '10.244.2.4:80'].map((to) => series('answer', to, { tries: 60, usual: 1500 }));
    expect(judged([...well, ...slow]).outcome).toBe('holds');
  });

  it('does not blame a server for a machine on which connects take as long', () => {
    const busy = well.map(({ way, to, node }) => series(way, to, { node, usual: 700 }));
    const answers = series('answer', '10.244.1.4:80', { ...onB, tries: 60, every: 7, ms: 2200, usual: 500 });
    expect(judged([...busy, answers]).outcome).toBe('holds');
  });

  it('does not call one Pod of its own a bad node', () => {
    const all = changed(series('endpoint', '10.244.2.4:80', { ...onC, ...late }));
    expect(judged(all).outcome).not.toBe('one-node');
  });
});

describe('two servers in one network, of which one stood still for eight of every ten seconds', () => {
  const text = (port: number, what: string, at: number) => recorded('over-time', `hanging-${port}.${what}.${at}`);
  const of = (port: number): Series[] => [
    {
      ...{ way: 'endpoint', to: `10.244.1.9:${port}`, node: 'node-b', pod: `cart-${port}` },
      stretches: [1, 2].map((at) => parseConnects(text(port, 'connects', at), 'nc')),
    },
    {
      ...{ way: 'answer', to: `10.244.1.9:${port}`, node: 'node-b', pod: `cart-${port}` },
      stretches: [1, 2].map((at) => parseRequests(text(port, 'requests', at), 'nc', 8)),
    },
  ];

  it('names the one that hesitates, and not the network', () => {
    const { outcome, failing } = judged([...of(8080), ...of(8081)]);
    expect([outcome, failing.map(({ pod }) => pod)]).toEqual(['some-hesitate', ['cart-8080']]);
  });

  it('has nothing against the other one', () => expect(judged(of(8081)).outcome).toBe('holds'));
});

it('finds a server that hesitates most of the time', () => {
  const answers = [
    series('answer', '10.244.1.4:80', { ...onB, tries: 60 }),
    series('answer', '10.244.2.4:80', { ...onC, tries: 60, usual: 4000, every: 5, ms: 4 }),
  ];
  const { outcome, failing } = judged([...well, ...answers]);
  expect([outcome, failing.map(({ to }) => to)]).toEqual(['some-hesitate', ['10.244.2.4:80']]);
});

it('says nothing of the Service address where the endpoints were asked too seldom', () => {
  const asked = (tries: number) => [
    series('answer', '10.244.1.4:80', { ...onB, tries }),
    series('service-answer', '10.96.1.2:80', { tries: 60, every: 20, ms: 4000 }),
  ];
  expect(judged([...well, ...asked(20)]).outcome).toBe('too-few');
  expect(judged([...well, ...asked(90)]).outcome).toBe('only-the-service-address');
});

describe('from the node', () => {
  const quiet = [
    series('nodes', '192.0.2.12:10250', onB),
    series('node-endpoint', '10.244.1.4:80', onB),
    series('endpoint', '10.244.1.4:80', onB),
  ];
  const other = (way: Series['way'], made: object) =>
    quiet.map((one) => (one.way === way ? series(way, one.to, { ...onB, ...made }) : one));

  it.each([
    ['hold', quiet],
    ['once', other('endpoint', { every: 299 })],
    ['nodes-lose', other('nodes', late)],
    ['also-from-the-node', other('node-endpoint', late)],
    ['only-from-the-pod', other('endpoint', late)],
    [
      'too-few',
      [...other('endpoint', { every: 100 }).slice(2), series('node-endpoint', '10.244.1.4:80', { tries: 20 })],
    ],
    ['one-node', quiet.slice(1)],
    ['nothing-recorded', quiet.slice(2)],
  ] as const)('%s', (outcome, all) => expect(judgedNodes(all)).toBe(outcome));
});

it('does not mind the order of ways, stretches and tries', () => {
  const all = changed(
    series('endpoint', '10.244.1.4:80', { ...onB, ...late }),
    series('endpoint', '10.244.1.5:80', { ...onB, ...late }),
  );
  const shuffled = fc.shuffledSubarray(all, { minLength: all.length });
  const check = (order: readonly Series[]) => {
    const turned = order.map((one) => ({
      ...one,
      stretches: one.stretches.map((stretch) => ({ ...stretch, samples: stretch.samples.toReversed() })),
    }));
    const [first, second] = [judged(all), judged(turned)];
    expect(second.outcome).toBe(first.outcome);
    expect(second.failing.map(({ to }) => to).toSorted()).toEqual(first.failing.map(({ to }) => to).toSorted());
  };
  fc.assert(fc.property(shuffled, check), { numRuns: 30 });
});

it('takes a try that nobody understood for no failure', () => {
  const unread = well.map((one) => ({
    ...one,
    stretches: one.stretches.map((stretch) => ({ ...stretch, unread: 40 })),
  }));
  expect(judged(unread).outcome).toBe('holds');
});
