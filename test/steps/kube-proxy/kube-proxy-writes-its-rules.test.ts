import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { fill, stepTextSchema } from '../../../src/domain/text.js';
import step from '../../../src/steps/kube-proxy/kube-proxy-writes-its-rules.js';
import { recorded } from '../../parse/recorded.js';
import { fakeWorld, portsOver } from '../../support/fake-world.js';
import { clusterWith, flowTo, records } from './clinic.js';

const proxy = (waiting?: string) => ({
  metadata: { namespace: 'kube-system', name: 'kube-proxy-x', labels: { 'k8s-app': 'kube-proxy' } },
  spec: { nodeName: 'node-a' },
  status: {
    phase: 'Running',
    containerStatuses: [{ restartCount: 4, state: waiting ? { waiting: { reason: waiting } } : {} }],
  },
});

const look = async (log: string, pod: object | undefined = proxy(), now = '2026-11-21T10:57:40Z') => {
  const base = clusterWith(records);
  const world = fakeWorld(
    { ...base, pods: [...(base.pods ?? []), ...(pod ? [pod] : [])] },
    { logs: () => log, clock: { now: () => Date.parse(now) } },
  );
  const flow = flowTo(records);
  const evidence = step.evidence.parse(await step.collect(portsOver(step, world), flow, world.signal));
  return { ...step.interpret(evidence, flow), calls: world.calls, used: world.used };
};
const log = (name: string) => recorded('kube-proxy-log', name);

it.each([
  ['writes', log('healthy'), undefined],
  ['crashes', log('healthy'), 'CrashLoopBackOff'],
  ['no-conntrack-rights', log('conntrack'), 'CrashLoopBackOff'],
  ['ipvs-unsupported', log('no-ipvs'), 'CrashLoopBackOff'],
  ['lock-held', log('lock'), undefined],
  ['no-rights', log('forbidden'), undefined],
])('%s', async (outcome, text, waiting) => {
  expect((await look(text, proxy(waiting))).outcome).toBe(outcome);
});

it.each([
  ['write-fails', log('write-fails')],
  ['nft-unsupported', log('no-nft')],
  [
    'no-api',
    'E1121 10:54:27.869909   25673 reflector.go:205] "Failed to watch" err="failed to list *v1.Node: Get \\"http://127.0.0.1:1/api/v1/nodes\\": dial tcp 127.0.0.1:1: connect: connection refused"',
  ],
])('%s', async (outcome, text) => {
  expect((await look(text, proxy(), '2026-11-21T11:02:00Z')).outcome).toBe(outcome);
});

it('asks for the log of the container that ended', async () => {
  const { calls } = await look(log('conntrack'), proxy('CrashLoopBackOff'));
  expect(calls.at(-1)).toMatchObject({ verb: 'logs', previous: true });
});

it('has nothing to say where kube-proxy is no Pod', async () => {
  const base = clusterWith(records);
  const world = fakeWorld(base);
  const evidence = await step.collect(portsOver(step, world), flowTo(records), world.signal);
  expect(step.interpret(evidence, flowTo(records)).outcome).toBe('no-pod');
});

it('raises no alarm for what it complained of an hour ago', async () => {
  expect((await look(log('forbidden'), proxy(), '2026-11-21T12:10:00Z')).outcome).toBe('writes');
});

it('says every outcome in both languages', () => {
  const file = new URL('../../../src/steps/kube-proxy/kube-proxy-writes-its-rules.text.yaml', import.meta.url);
  const text = stepTextSchema.parse(parse(readFileSync(file, 'utf8')));
  const facts = { node: 'node-a', 'proxy-pod': 'p', waiting: 'w', restarts: 1, line: 'l' };
  for (const words of [text.en, text['zh-CN']])
    for (const sentence of Object.values(words.outcomes)) expect(fill(sentence, facts)).not.toMatch(/\{/);
});
