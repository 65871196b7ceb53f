import { expect, it } from 'vitest';
import { parseLinks } from '../../../src/parse/links/links.js';
import { corpus } from '../corpus.js';
import { recorded } from '../recorded.js';

const node = 'plain/healthy/node-b';
const named = (text: string, name: string) => parseLinks(text).rows.find((link) => link.name === name);

it('reads the tunnel, the bridge and the veth of a node', () => {
  const text = corpus(`${node}/ip-addr.json`);
  expect(parseLinks(text)).toMatchObject({ understood: true, strange: [] });
  expect(named(text, 'flannel.1')).toMatchObject({
    index: 3,
    up: true,
    kind: 'vxlan',
    mac: '52:72:65:1e:59:23',
    mtu: 1450,
    tunnel: { id: 1, port: 8472, local: '10.0.0.12', link: 'eth0' },
  });
  expect(named(text, 'cni0')).toMatchObject({
    kind: 'bridge',
    addresses: [{ address: '10.244.1.1', prefix: 24 }, expect.anything()],
  });
  expect(named(text, 'veth90cd4740')).toMatchObject({ kind: 'veth', peer: 2, master: 'cni0', hairpin: true });
  expect(named(text, 'cni0')).not.toHaveProperty('tunnel');
});

it('reads counters where -s asked for them', () => {
  expect(named(corpus(`${node}/ip-link.json`), 'flannel.1')).toMatchObject({
    rx: { packets: 0, errors: 0, dropped: 0 },
    tx: { packets: 0, errors: 0, dropped: 6 },
  });
});

it('reads the same from text', () => {
  const text = corpus(`${node}/ip-link.txt`);
  expect(named(text, 'flannel.1')).toEqual({
    ...{ index: 3, name: 'flannel.1', up: true, carrier: true, mtu: 1450, kind: 'vxlan', mac: '52:72:65:1e:59:23' },
    addresses: [],
    tunnel: { id: 1, port: 8472, local: '10.0.0.12', link: 'eth0' },
    rx: { packets: 0, errors: 0, dropped: 0 },
    tx: { packets: 0, errors: 0, dropped: 6 },
  });
  expect(named(text, 'eth0')?.rx).toEqual({ packets: 757, errors: 0, dropped: 0 });
  expect(named(corpus(`${node}/ip-addr.txt`), 'veth90cd4740')).toMatchObject({ peer: 2, master: 'cni0' });
});

it('reads what busybox says', () => {
  const { rows, understood, strange } = parseLinks(recorded('ip-busybox', 'addr'));
  expect({ understood, strange }).toEqual({ understood: true, strange: [] });
  expect(rows.map(({ name, master }) => [name, master])).toEqual([
    ['lo', undefined],
    ['cni0', undefined],
    ['eth0', undefined],
    ['veth1', 'cni0'],
  ]);
  expect(rows[1]?.addresses[0]).toEqual({ address: '10.244.1.1', prefix: 24 });
});

it('never takes silence for a host without devices', () => {
  expect(parseLinks('').understood).toBe(false);
  expect(parseLinks('[]').understood).toBe(false);
  expect(parseLinks('[{"ifname":"eth0"}]')).toEqual({ rows: [], understood: false, strange: ['{"ifname":"eth0"}'] });
});

it('tells which ports of a bridge are isolated from each other', () => {
  const { rows } = parseLinks(recorded('ip', 'addr-isolated'));
  const of = (name: string) => rows.find((link) => link.name === name)?.isolated;
  expect([of('till-1'), of('till-2'), of('till-3'), of('shop0')]).toEqual([true, true, false, undefined]);
});
