import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import type { LogScope } from '../../../src/domain/ports.js';
import step from '../../../src/steps/dns/dns-log-names-no-failure.js';
import { recorded } from '../../parse/recorded.js';
import { looking } from '../look.js';
import { dnsShop, inPod, logOf, toHost } from './dns-shop.js';

const look = looking(step, 'dns-log-names-no-failure');
const seen = (log: string, other = '') =>
  look(dnsShop, {
    flow: toHost,
    answers: { ...inPod({ udp: () => 'timeout' }), ...logOf({ 'coredns-a': other, 'coredns-b': log }) },
  });
const failed = (words: string) => `[ERROR] plugin/errors: 2 www.example.com. A: ${words}\n`;

it.each([
  ['quiet', '[INFO] plugin/reload: Running configuration SHA512 = 00\n'],
  ['upstream-silent', recorded('coredns', 'upstream-timeout')],
  ['upstream-refuses', failed('read udp 10.244.1.2:41234->192.0.2.53:53: read: connection refused')],
  ['too-many-at-once', failed('concurrent queries exceeded maximum 1000')],
  ['answer-malformed', failed('dns: overflow unpacking uint16')],
  ['failed-otherwise', failed('no healthy proxies')],
  ['others-refused', '[ERROR] plugin/errors: 2 a.example. A: concurrent queries exceeded maximum 4\n'],
  ['reload-failed', recorded('coredns', 'reload-failed')],
  ['api-lost', '[WARNING] plugin/kubernetes: Kubernetes API connection failure: dial tcp 10.96.0.1:443: i/o timeout\n'],
])('%s', async (outcome, log) => {
  const found = await seen(log);
  expect(found.outcome).toBe(outcome);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('prefers what names the question to what a replica complains of besides', async () => {
  const found = await seen(recorded('coredns', 'upstream-timeout'), recorded('coredns', 'reload-failed'));
  expect(found).toMatchObject({
    outcome: 'upstream-silent',
    facts: { upstream: '10.77.0.9', node: 'node-b', 'dns-pod': 'coredns-b' },
  });
  expect(found.used.toSorted()).toEqual(step.reads.toSorted());
});

it('reads the last minutes alone, because CoreDNS writes no time', async () => {
  const scopes: LogScope[] = [];
  const logs = (_: unknown, scope: LogScope) => {
    scopes.push(scope);
    return '';
  };
  await look(dnsShop, { flow: toHost, answers: { ...inPod(), logs } });
  expect(scopes.map(({ sinceSeconds }) => sinceSeconds)).toEqual([300, 300]);
});

it('reads further back where a crowd asks at the same time', async () => {
  const crowd = failed('concurrent queries exceeded maximum 4').replace('www', 'host-1');
  const whole = [failed('concurrent queries exceeded maximum 4'), ...Array.from({ length: 700 }, () => crowd)].join('');
  const logs = (_: unknown, { tailLines = 0 }: LogScope) => whole.trimEnd().split('\n').slice(-tailLines).join('\n');
  const found = await look(dnsShop, { flow: toHost, answers: { ...inPod(), logs } });
  expect(found).toMatchObject({ outcome: 'too-many-at-once', facts: { line: expect.stringContaining('www.example') } });
});

it('accuses nobody of what other names failed for', async () => {
  expect((await seen(failed('i/o timeout').replace('www.example.com', 'api.example.org'))).outcome).toBe('quiet');
});

it('no-replicas', async () => {
  const pods = dnsShop.pods?.slice(0, 1) ?? [];
  expect((await look({ ...dnsShop, pods }, { flow: toHost, answers: inPod() })).outcome).toBe('no-replicas');
});

it('says nothing where no log could be read', async () => {
  await expect(look(dnsShop, { flow: toHost, answers: { ...inPod(), deny: ['pods/log'] } })).rejects.toThrow(
    CannotLook,
  );
});
