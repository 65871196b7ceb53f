import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ciliumAddressSchema, parseCiliumAddress } from '../../../src/parse/plugins/cilium-address.js';
import { ciliumMetricsSchema, parseCiliumMetrics } from '../../../src/parse/plugins/cilium-metrics.js';
import { ciliumServicesSchema, parseCiliumServices } from '../../../src/parse/plugins/cilium-services.js';
import { ciliumStatusSchema, parseCiliumStatus } from '../../../src/parse/plugins/cilium-status.js';
import { hubbleDropsSchema, parseHubbleDrops } from '../../../src/parse/plugins/hubble-drops.js';
import { mangled } from '../mangled.js';

const read = (file: string) => readFileSync(new URL(`../../fixtures/cilium/${file}`, import.meta.url), 'utf8');
const well = { exitCode: 0, stderr: '' };

it('reads what was dropped, and of TCP the ports', () => {
  const { drops, understood } = parseHubbleDrops(read('dropped.json'), well);
  expect(understood).toBe(true);
  expect(drops.map(({ reason, destination, port }) => [reason, destination, port])).toEqual([
    ['INVALID_SOURCE_IP', 'ff02::2', 0],
    ['POLICY_DENIED', '10.244.1.5', 80],
  ]);
});

it('reads identities and the policy that denied', () => {
  expect(parseHubbleDrops(read('denied-by-name.json'), well).drops[0]).toEqual({
    time: '2026-07-31T10:41:02.202450754Z',
    reason: 'POLICY_DENY',
    source: '10.0.1.235',
    destination: '10.0.0.21',
    sourcePort: 60524,
    port: 80,
    direction: 'EGRESS',
    node: 'shop/node-a',
    from: 24753,
    to: 24075,
    policies: ['shop/deny-cart'],
  });
});

it('counts what Hubble lost, and takes it for no drop', () => {
  expect(parseHubbleDrops(read('lost-events.json'), well)).toMatchObject({ understood: true, drops: [], lost: 1 });
});

it('reads a flow that stands on its line alone, as older versions print it', () => {
  expect(parseHubbleDrops(read('dropped-before-0.10.json'), well).drops[0]).toMatchObject({ port: 8080, reason: '' });
});

it('understands nothing where Hubble does not answer', () => {
  const failed = {
    exitCode: 1,
    stderr: 'failed to connect to unix:///var/run/cilium/hubble.sock: context deadline exceeded',
  };
  expect(parseHubbleDrops('', failed)).toMatchObject({ understood: false, drops: [] });
  expect(parseHubbleDrops('', well)).toMatchObject({ understood: true, drops: [] });
});

it.each([
  ['address-known.txt', { class: 'known', identity: 15773, tunnel: '192.168.1.13' }],
  ['address-absent.txt', { class: 'absent', tunnel: '' }],
])('reads %s', (file, expected) => {
  expect(parseCiliumAddress(read(file), '')).toMatchObject(expected);
});

it('takes a tunnel to nowhere for none, and anything else for not understood', () => {
  const local = '10.0.0.130 maps to identity identity=3 encryptkey=0 tunnelendpoint=0.0.0.0';
  expect(parseCiliumAddress(local, '')).toMatchObject({ class: 'known', identity: 3, tunnel: '' });
  expect(parseCiliumAddress('', 'Error: unable to open map').class).toBe('not-understood');
});

it('reads Services and where they lead', () => {
  const { rows, understood } = parseCiliumServices(read('services.json'));
  expect(understood).toBe(true);
  expect(rows.find(({ name, protocol }) => name === 'kube-dns' && protocol === 'UDP')).toEqual({
    address: '10.96.0.10',
    port: 53,
    protocol: 'UDP',
    type: 'ClusterIP',
    name: 'kube-dns',
    namespace: 'kube-system',
    backends: [
      { address: '10.0.0.220', port: 53 },
      { address: '10.0.1.184', port: 53 },
    ],
  });
  expect(parseCiliumServices('Error: connection refused').understood).toBe(false);
});

it('reads counters by their labels', () => {
  expect(parseCiliumMetrics(read('metrics.json')).rows).toEqual([
    {
      name: 'cilium_drop_count_total',
      labels: { direction: 'INGRESS', reason: 'VLAN traffic disallowed by VLAN filter' },
      value: 9,
    },
  ]);
});

const status = {
  cilium: { state: 'Ok', msg: '1.18.3 (v1.18.3-c1601689)' },
  kubernetes: { state: 'Ok', msg: '1.34 (v1.34.0) [linux/amd64]' },
  hubble: { state: 'Ok', observer: { 'current-flows': 4095, 'max-flows': 4095 } },
  encryption: { mode: 'Wireguard' },
  'cni-chaining': { mode: 'none' },
  'kube-proxy-replacement': { mode: 'True', deviceList: [{ name: 'eth0', ip: ['10.0.0.11'] }], devices: ['eth0'] },
};

it('reads the state of the agent and what it does', () => {
  expect(parseCiliumStatus(JSON.stringify(status), '')).toEqual({
    understood: true,
    state: 'Ok',
    message: '1.18.3 (v1.18.3-c1601689)',
    kubernetes: 'Ok',
    replaces: true,
    devices: [{ name: 'eth0', addresses: ['10.0.0.11'] }],
    chaining: '',
    encryption: 'Wireguard',
    hubble: 'Ok',
    strange: [],
  });
  const chained = { ...status, 'cni-chaining': { mode: 'generic-veth' }, 'kube-proxy-replacement': { mode: 'False' } };
  expect(parseCiliumStatus(JSON.stringify(chained), '')).toMatchObject({ chaining: 'generic-veth', replaces: false });
});

it('never throws, whatever it is given', () => {
  const files = ['dropped.json', 'denied-by-name.json', 'services.json', 'metrics.json', 'address-known.txt'];
  fc.assert(
    fc.property(mangled([...files.map(read), JSON.stringify(status)]), (text) => {
      hubbleDropsSchema.parse(parseHubbleDrops(text, well));
      ciliumAddressSchema.parse(parseCiliumAddress(text, text));
      ciliumServicesSchema.parse(parseCiliumServices(text));
      ciliumMetricsSchema.parse(parseCiliumMetrics(text));
      ciliumStatusSchema.parse(parseCiliumStatus(text, text));
    }),
    { numRuns: 60 },
  );
});
