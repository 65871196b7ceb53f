import { expect, it } from 'vitest';
import { parseCorefile } from '../../../src/parse/dns/corefile.js';
import { closestZone, forwardsOf, kubernetesZones } from '../../../src/parse/dns/corefile-zones.js';

it('tells where names are asked for, by zone', () => {
  const text = `.:53 {
    forward . /etc/resolv.conf 192.0.2.1 tls://192.0.2.2 [2001:db8::1]:5300 2001:db8::2
}
dns://Shop.Example.:53 {
    forward shop.example 192.0.2.7:5353
}`;
  expect(forwardsOf(parseCorefile(text))).toEqual([
    { zone: '', to: '/etc/resolv.conf', port: 53, line: 2 },
    { zone: '', to: '192.0.2.1', port: 53, line: 2 },
    { zone: '', to: '192.0.2.2', port: 853, line: 2 },
    { zone: '', to: '2001:db8::1', port: 5300, line: 2 },
    { zone: '', to: '2001:db8::2', port: 53, line: 2 },
    { zone: 'shop.example', to: '192.0.2.7', port: 5353, line: 5 },
  ]);
});

it('takes the zones of the block where the plugin names none', () => {
  expect(kubernetesZones(parseCorefile('cluster.local:53 {\n kubernetes\n}'))).toEqual(['cluster.local:53']);
});

it.each([
  ['svc.cluster.local', ['cluster.local', '.'], 'cluster.local'],
  ['svc.cluster.local', ['Cluster.Local.:53'], 'cluster.local'],
  ['svc.cluster.local', ['local', 'example'], 'local'],
  ['svc.cluster.local', ['luster.local', 'east.local'], undefined],
  ['svc.cluster.local', ['.'], ''],
])('%s lies in %s', (name, zones, zone) => expect(closestZone(name, zones)).toBe(zone));
