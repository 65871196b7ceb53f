import { expect, it } from 'vitest';
import step from '../../../src/steps/dns/corefile-serves-the-cluster-domain.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { toCart } from '../shop.js';
import { corefile, dnsShop, inPod, plainCorefile } from './dns-shop.js';

const look = looking(step, 'corefile-serves-the-cluster-domain');
const told = (text: string) => ({ pod: () => ran(text, { tool: 'cat' }) });
const seen = (text: string, answers: Parameters<typeof look>[1]['answers'] = inPod()) =>
  look({ ...dnsShop, configmaps: [corefile(text)] }, { flow: toCart, ...(answers && { answers }) });
const zone = (name: string) => plainCorefile.replace('cluster.local', name);

it.each([
  ['serves', plainCorefile],
  ['other-zone', zone('east.local')],
  ['cannot-be-known', zone('{$DOMAIN}').replace(' in-addr.arpa ip6.arpa', '')],
  ['cannot-be-known', '.:53 {\n    import /etc/more\n}\n'],
  ['cannot-be-known', plainCorefile.replace(/ +kubernetes.*\n/, '')],
])('%s (%#)', async (outcome, text) => {
  const found = await seen(text);
  expect(found.outcome).toBe(outcome);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{[a-z-]+\}/);
});

it('no-domain, no-corefile', async () => {
  expect((await seen(plainCorefile, told('nameserver 192.0.2.53\n'))).outcome).toBe('no-domain');
  expect((await look({ ...dnsShop, configmaps: [] }, { flow: toCart, answers: inPod() })).outcome).toBe('no-corefile');
});

it('accuses nobody of a cluster with another domain, as long as both agree', async () => {
  const own = told('search shop.svc.shop.example svc.shop.example shop.example\nnameserver 10.96.0.10\n');
  const found = await seen(zone('Shop.Example.'), own);
  expect(found.outcome).toBe('serves');
  expect(found.used.toSorted()).toEqual(step.reads.toSorted());
});
