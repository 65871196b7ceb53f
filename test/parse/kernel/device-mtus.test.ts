import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseDeviceMtus } from '../../../src/parse/kernel/device-mtus.js';

const corpus = (place: string) =>
  readFileSync(new URL(`../../fixtures/corpus/${place}/ip-addr.json`, import.meta.url), 'utf8');

it('reads cards, tunnels and bridges of a node', () => {
  const devices = parseDeviceMtus(corpus('plain/healthy/node-b'));
  expect(devices).toContainEqual({
    ...{ name: 'flannel.1', mtu: 1450, kind: 'vxlan', up: true },
    addresses: expect.arrayContaining(['10.244.1.0']),
  });
  expect(devices?.map(({ name, mtu }) => `${name} ${mtu}`)).toEqual(expect.arrayContaining(['eth0 1500', 'cni0 1450']));
});

it.each(['', '{}', '[]', '[{"ifname":1}]', 'Object "addr" is unknown', '[null]'])('finds no device in %j', (text) => {
  expect(parseDeviceMtus(text)).toBeUndefined();
});

it('throws at no text', () => {
  const real = corpus('plain/healthy/node-b');
  const cut = fc.nat(real.length).map((at) => real.slice(0, at));
  fc.assert(fc.property(fc.oneof(cut, fc.json(), fc.string()), (text) => void parseDeviceMtus(text)));
});
