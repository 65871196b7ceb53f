import { expect, it } from 'vitest';
import step from '../../../src/steps/dns/dns-pods-leave-gently.js';
import type { FakeObjects } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { ago, type Pod, toCart } from '../shop.js';
import { corefile, deployment, dnsShop, plainCorefile, replica } from './dns-shop.js';

const look = looking(step, 'dns-pods-leave-gently');
const lameduck = (time: string) =>
  plainCorefile.replace('    ready\n', `    health {\n        lameduck ${time}\n    }\n    ready\n`);
const since = (seconds: number, pod: Pod): Pod => ({
  ...pod,
  metadata: { ...pod.metadata, creationTimestamp: ago(seconds) },
});
const [one, other] = [replica('coredns-a', 'node-a', '10.244.1.2'), replica('coredns-b', 'node-b', '10.244.2.2')];
const leaving: Pod = { ...one, metadata: { ...one.metadata, deletionTimestamp: ago(5) } };
const old = { ...deployment(2), metadata: { ...deployment(2).metadata, creationTimestamp: ago(90_000) } };
const seen = (more: FakeObjects) => look({ ...dnsShop, deployments: [old], ...more }, { flow: toCart });

it.each([
  ['steady', [one, other], plainCorefile],
  ['abrupt', [leaving, other], plainCorefile],
  ['abrupt', [since(120, one), other], plainCorefile],
  ['abrupt', [since(120, one), other], lameduck('0s')],
  ['gentle', [since(120, one), other], lameduck('5s')],
  ['no-replicas', [], plainCorefile],
] as const)('%s (%#)', async (outcome, pods, text) => {
  const found = await seen({ pods: [...pods], configmaps: [corefile(text)] });
  expect(found.outcome).toBe(outcome);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
  expect(found.used.toSorted()).toEqual(step.reads.toSorted());
});

it('no-corefile: nobody knows how long they may take', async () => {
  expect((await seen({ pods: [leaving, other], configmaps: [] })).outcome).toBe('no-corefile');
});

it('accuses nobody of a cluster that was installed a moment ago', async () => {
  const young = { ...old, metadata: { ...old.metadata, creationTimestamp: ago(90) } };
  expect((await seen({ pods: [since(80, one), since(80, other)], deployments: [young] })).outcome).toBe('steady');
});
