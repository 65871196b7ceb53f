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
const seen = (pods: readonly Pod[], heard: Heard = {}) =>
  look({ ...dnsShop, pods: [...(dnsShop.pods ?? []), ...pods] }, { flow: toCart, answers: inPod(heard) });

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
  expect(found.used).toEqual(step.reads);
});

it('takes an address that is written with an equals sign', async () => {
  const found = await seen([cache('node-a', {}, ['--localip=169.254.25.10'])], { nameservers: ['169.254.25.10'] });
  expect(found.outcome).toBe('answers');
});
