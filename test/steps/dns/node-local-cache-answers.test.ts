import { expect, it } from 'vitest';
import step from '../../../src/steps/dns/node-local-cache-answers.js';
import { looking } from '../look.js';
import { crashed, type Pod, pod, toCart } from '../shop.js';
import { address, dnsShop, type Heard, inPod, near, silentAt } from './dns-shop.js';

const look = looking(step, 'node-local-cache-answers');
const cache = (
  nodeName: string,
  status: NonNullable<Pod['status']> = {},
  args = ['-localip', `169.254.20.10,${address}`],
) =>
  pod(`node-local-dns-${nodeName}`, {
    metadata: { namespace: 'kube-system', labels: { 'k8s-app': 'node-local-dns' } },
    spec: { nodeName, containers: [{ name: 'node-cache', args }] },
    status,
  });
const caches = [cache('node-a'), cache('node-b')];
const makes = (labels: object) => ({
  metadata: { namespace: 'kube-system', name: 'some-agent' },
  spec: { template: { metadata: { labels } } },
});
const seen = (pods: readonly Pod[], heard: Heard = {}) => {
  const daemonsets = [makes({ 'k8s-app': 'kube-proxy' }), ...pods.map(({ metadata }) => makes(metadata?.labels ?? {}))];
  const there = { ...dnsShop, pods: [...(dnsShop.pods ?? []), ...pods], daemonsets };
  return look(there, { flow: toCart, answers: inPod(heard) });
};

it.each([
  ['no-cache', [], {}],
  ['answers', caches, {}],
  ['silent', caches, { udp: silentAt(address) }],
  ['not-running', [cache('node-a', crashed)], { udp: silentAt(address) }],
  ['not-running', [cache('node-b')], { udp: silentAt(address) }],
  ['all-silent', caches, { udp: silentAt(address, near) }],
  ['not-asked', caches, { nameservers: ['192.0.2.53'] }],
] as [string, Pod[], Heard][])('%s (%#)', async (outcome, pods, heard) => {
  const found = await seen(pods, heard);
  expect(found.outcome).toBe(outcome);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('knows the address that the manifests give, where none is written down', async () => {
  const found = await seen([cache('node-a', {}, [])], {
    nameservers: ['169.254.20.10'],
    udp: silentAt('169.254.20.10'),
  });
  expect(found).toMatchObject({
    outcome: 'silent',
    facts: { address: '169.254.20.10', node: 'node-a', replica: near },
  });
  expect(found.used.toSorted()).toEqual(step.reads.toSorted());
});

it('takes an address that is written with an equals sign', async () => {
  const found = await seen([cache('node-a', {}, ['--localip=169.254.25.10'])], { nameservers: ['169.254.25.10'] });
  expect(found.outcome).toBe('answers');
});

it('sees the caches also where what makes them may not be read', async () => {
  const there = { ...dnsShop, pods: [...(dnsShop.pods ?? []), ...caches] };
  const answers = inPod({ udp: silentAt(address) });
  expect(await look(there, { flow: toCart, answers: { ...answers, deny: ['daemonsets'] } })).toMatchObject({
    outcome: 'silent',
  });
});
