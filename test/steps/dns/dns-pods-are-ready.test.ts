import { expect, it } from 'vitest';
import step from '../../../src/steps/dns/dns-pods-are-ready.js';
import { recorded } from '../../parse/recorded.js';
import { looking } from '../look.js';
import { ago, crashed, notReady, terminating, toCart } from '../shop.js';
import { deployment, dnsShop, far, near, replica, replicas } from './dns-shop.js';

const look = looking(step, 'dns-pods-are-ready');
const state = { running: { startedAt: ago(60) } };
const ended = (reason: string, seconds: number) => ({
  containerStatuses: [
    {
      ...{ name: 'coredns', ready: true, restartCount: 1, state },
      lastState: { terminated: { reason, exitCode: 137, finishedAt: ago(seconds) } },
    },
  ],
});
const both = (status: object) => [
  replica('coredns-a', 'node-a', near, status),
  replica('coredns-b', 'node-b', far, status),
];
const one = (status: object) => [replica('coredns-a', 'node-a', near, status), ...replicas.slice(1)];

const seen = (pods: readonly object[], { wanted = 2, log = '' } = {}) =>
  look({ ...dnsShop, pods, deployments: [deployment(wanted)] }, { flow: toCart, answers: { logs: () => log } });

it.each([
  ['ready', replicas, {}],
  ['restarted', one(ended('Error', 60)), {}],
  ['out-of-memory', one(ended('OOMKilled', 60)), {}],
  ['some-not-ready', one(notReady), {}],
  ['loop-detected', both(crashed), { log: recorded('coredns', 'loop') }],
  ['config-refused', both(crashed), { log: recorded('coredns', 'typo') }],
  ['crashing', both(crashed), { log: '[INFO] nothing' }],
  ['none-ready', both(notReady), {}],
  ['none-ready', [], {}],
  ['scaled-to-zero', [], { wanted: 0 }],
  ['scaled-to-zero', replicas.map((one) => ({ ...one, metadata: { ...one.metadata, ...terminating } })), { wanted: 0 }],
] as const)('%s (%#)', async (outcome, pods, more) => {
  const found = await seen(pods, more);
  expect(found.outcome).toBe(outcome);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('says in its own words why CoreDNS ends', async () => {
  const { en, used } = await seen(both(crashed), { log: recorded('coredns', 'typo') });
  expect(en).toContain(`Corefile:3 - Error during parsing: Unknown directive 'cachee'`);
  expect(used).toEqual(['pods', 'pods/log']);
});

it('reads no log of replicas that stay up', async () => {
  expect((await seen(replicas)).used).not.toContain('pods/log');
});

it('asks how many there should be only where there is none', async () => {
  expect((await seen([], { wanted: 0 })).used).toEqual(['pods', 'deployments']);
});

it('forgets what ended an hour ago', async () => {
  expect((await seen(one(ended('OOMKilled', 3600)))).outcome).toBe('ready');
});

it('knows no cluster DNS where there is none, and accuses nobody: no-pods', async () => {
  const found = await look({ ...dnsShop, pods: [], deployments: [] }, { flow: toCart });
  expect(found).toMatchObject({ outcome: 'no-pods', result: 'unsure' });
});
