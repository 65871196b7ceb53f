import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor, type RedactorOptions } from '../../src/clean/redact.js';
import { CANARIES, EVIDENCE } from './canaries.js';

const names: RedactorOptions['names'] = [
  { kind: 'node', name: 'node-1.shop.example' },
  { kind: 'pod', name: 'cart-7d9f8c6b5-x2x4z' },
  { kind: 'namespace', name: 'shop' },
  { kind: 'namespace', name: 'kube-system' },
];
const strict = () => createRedactor({ profile: 'strict', salt: 'a salt of one bundle', names });

describe('strict profile', () => {
  it('takes no kind with its group for a host', () => {
    const rights = 'get daemonsets.apps, list cronjobs.batch, list networkpolicies.networking.k8s.io';
    expect(strict().text(rights)).toBe(rights);
    expect(strict().text('dial web.apps')).not.toContain('web.apps');
  });

  it('hides packets in hexadecimal, which hold the addresses it hides elsewhere', () => {
    const packet = '1.2 eth0 Out\n\t0x0020:  a98a c000 0202 0000\n\t0x0030:  c000 0201\n';
    expect(strict().text(packet)).not.toMatch(/c000/);
    expect(createRedactor({ profile: 'default', salt: 's' }).text(packet)).toBe(packet);
  });

  it.each(CANARIES)('masks as the default does: %s', (_, text, ...secrets) => {
    for (const secret of secrets) expect(strict().text(text)).not.toContain(secret);
  });

  it.each([
    ['pod shop/cart-7d9f8c6b5-x2x4z on node-1.shop.example', /^pod namespace-\w{8}\/pod-\w{8} on node-\w{8}$/],
    ['system:serviceaccount:shop:cart', /^system:serviceaccount:namespace-\w{8}:cart$/],
    ['cart.shop.svc.cluster.local.', /^cart\.namespace-\w{8}\.svc\.cluster\.local\.$/],
    ['10-244-3-7.shop.pod.cluster.local', /^10-244-\d{1,3}-\d{1,3}\.namespace-\w{8}\.pod\.cluster\.local$/],
    ['mail ops@shop.example now', /^mail <redacted:e-mail:\w{4}> now$/],
    ['https://payments.bank.example:8443/x', /^https:\/\/host-\w{8}:8443\/x$/],
  ])('%s', (text, expected) => {
    const once = strict().text(text);
    expect(once).toMatch(expected);
    // An address gets another address, which nobody can tell from a real one.
    if (!text.startsWith('10-')) expect(strict().text(once)).toBe(once);
  });

  it.each([
    ['dial tcp 10.244.3.7:80', /^dial tcp 10\.244\.\d{1,3}\.\d{1,3}:80$/],
    ['192.168.4.0/24 via 192.168.4.1', /^192\.168\.(\d{1,3})\.0\/24 via 192\.168\.\1\.1$/],
    ['10.244.0.0/16 10.96.0.0/12 10.0.64.0/20', /^10\.244\.0\.0\/16 10\.96\.0\.0\/12 10\.0\.\d{1,3}\.0\/20$/],
    ['"addr": "10.244.0.0", "len": 16', /^"addr": "10\.244\.0\.0", "len": 16$/],
    ['10.244.3.7 is 7.3.244.10.in-addr.arpa', /^10\.244\.(\d+)\.(\d+) is \2\.\1\.244\.10\.in-addr\.arpa$/],
    ['from 203.0.113.9 to 2606:4700::1111', /^from \d+\.\d+\.\d+\.\d+ to 2a00:[0-9a-f:]+$/],
    ['[fd00:10:244::7]:80', /^\[fd00:10:[0-9a-f:]+\]:80$/],
    ['::ffff:10.244.3.7 and 10.244.3.7', /^::ffff:(10\.244\.\d+\.\d+) and \1$/],
    ['fd00:10:244::/64 fd00:10::/32', /^fd00:10:[0-9a-f:]+::\/64 fd00:10::\/32$/],
  ])('gives addresses in the place of addresses: %s', (text, expected) => {
    expect(strict().text(text)).toMatch(expected);
  });

  it.each([
    'kube-system/coredns default 127.0.0.1 ::1 0.0.0.0/0 ::/0 169.254.169.254 255.255.255.0 224.0.0.1',
    'app.kubernetes.io/name networking.k8s.io/v1 registry.k8s.io /etc/resolv.conf round_trippers.go:466 spec.selector net.core.somaxconn v1.34.2',
    'uid 0b5c7f1e-6e1b-4e6a-9b1a-2f4c8d7e6f5a at 12:34:56 mac ff:ff:ff:ff:ff:ff sha256:9f86d081',
  ])('keeps what identifies nobody: %s', (text) => {
    expect(strict().text(text)).toBe(text);
  });

  const bitsOf = (address: string) =>
    address
      .split('.')
      .map((octet) => Number(octet).toString(2).padStart(8, '0'))
      .join('');
  const sharedBits = (one: string, other: string) => {
    const at = [...bitsOf(one)].findIndex((bit, place) => bit !== bitsOf(other)[place]);
    return at === -1 ? 32 : at;
  };
  const octet = fc.integer({ min: 0, max: 255 });
  const inCluster = fc.tuple(octet, octet).map((octets) => ['10.244', ...octets].join('.'));

  it('shows how long a prefix two addresses share, and only that', () => {
    const { text } = strict();
    fc.assert(
      fc.property(inCluster, inCluster, (one, other) => {
        expect(sharedBits(text(one), text(other))).toBe(sharedBits(one, other));
      }),
    );
    expect(text('fd00:10:244:1::7')).toBe(text('fd00:0010:0244:0001:0:0:0:7'));
  });

  it('keeps an address in the networks that it was in, and out of the others', () => {
    const { text } = strict();
    fc.assert(
      fc.property(inCluster, inCluster, fc.integer({ min: 8, max: 32 }), (address, base, length) => {
        const network = (of: string) => {
          const bits = bitsOf(of).slice(0, length).padEnd(32, '0');
          return [0, 8, 16, 24].map((at) => Number.parseInt(bits.slice(at, at + 8), 2)).join('.');
        };
        const isIn = (one: string, cidr: string) => network(one) === cidr.split('/')[0];
        const cidr = `${network(base)}/${length}`;
        expect(isIn(text(address), text(cidr))).toBe(isIn(address, cidr));
      }),
    );
  });

  it('leaves hardly an address as it was, and none that is public', () => {
    const { text } = strict();
    const inside = Array.from({ length: 4096 }, (_, at) => `10.244.${at >> 4}.${2 + (at & 15) * 15}`);
    expect(inside.filter((address) => text(address) === address).length).toBeLessThan(60);
    fc.assert(
      fc.property(fc.ipV4(), fc.constantFrom('', ':80', '/32', ',', '.', '"'), (address, after) => {
        const [first = 0, second = 0] = address.split('.').map(Number);
        const isPublic = first > 10 && first < 224 && ![100, 127, 169, 172, 192].includes(first);
        fc.pre(isPublic && second >= 0);
        expect(strict().text(`x ${address}${after}`)).toMatch(/^x \d+\.\d+\.\d+\.\d+/);
        expect(strict().text(`x ${address}${after}`)).not.toContain(`x ${address}`);
      }),
    );
  });

  it.each(['10.244.110.7', 'server 10.96.110.10', 'fd00:10:cafe::110', '0a:58:0a:f4:6e:07', '10.244.110.0/24'])(
    'finds no name inside the stand-in of an address: %s',
    (text) => {
      const everyOctet = Array.from({ length: 256 }, (_, octet) => [String(octet), octet.toString(16)]).flat();
      const called = [...everyOctet, 'cafe'].map((name) => ({ kind: 'pod' as const, name }));
      const named = createRedactor({ profile: 'strict', salt: 'a salt of one bundle', names: called });
      const [kept = ''] = text.split('/');
      expect(named.text(text).startsWith(strict().text(kept))).toBe(true);
    },
  );

  it('learns names from objects, those of references too', () => {
    const value = {
      kind: 'PodList',
      items: [{ metadata: { name: 'pay-1', namespace: 'bank' }, spec: { nodeName: 'n7' } }],
      event: {
        involvedObject: { kind: 'Pod', name: 'pay-2', namespace: 'bank' },
        message: 'pay-1 and pay-2 of bank left n7',
      },
    };
    const redacted = JSON.stringify(strict().value(value));
    expect(redacted).not.toMatch(/pay-|bank|n7/);
    expect(redacted).toContain('"involvedObject"');
  });

  it('never throws and is stable on evidence', () => {
    for (const line of EVIDENCE) expect(strict().text(line)).toBe(strict().text(line));
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void strict().text(text)));
  });
});

describe('addresses that are not written as usual', () => {
  const { text } = strict();

  it('hides both ends of a range, as it hides them elsewhere, the lower one first', () => {
    const ends = [text('10.244.3.10'), text('10.244.3.20')];
    const hidden = text('iprange 10.244.3.10-10.244.3.20 accept');
    expect(hidden).not.toMatch(/10\.244\.3\.[12]0/);
    const [, from = '', to = ''] = /^iprange ([\d.]+)-([\d.]+) accept$/.exec(hidden) ?? [];
    expect([from, to].toSorted()).toEqual(ends.toSorted());
    expect(Number(from.split('.').at(-1))).toBeLessThanOrEqual(Number(to.split('.').at(-1)));
  });

  it('hides an address of a Pod in the hardware address that is made of it, the same one everywhere', () => {
    const hidden = text('10.244.1.5 dev cni0 lladdr 0a:58:0a:f4:01:05 REACHABLE');
    const [, mac = ''] = /lladdr ([0-9a-f:]{17}) REACHABLE$/.exec(hidden) ?? [];
    expect(mac).toMatch(/^.[2367abef:](?::[0-9a-f]{2}){5}$/);
    expect(mac).not.toBe('0a:58:0a:f4:01:05');
    expect(text('0A:58:0A:F4:01:05')).toBe(mac.toUpperCase());
    expect(text('link/ether 0a:58:0a:f4:01:05 brd')).toBe(`link/ether ${mac} brd`);
    expect(text('0a:58:0a:f4:01:06')).not.toBe(mac);
  });

  it.each(['00:00:00:00:00:00', 'ff:ff:ff:ff:ff:ff', 'ee:ee:ee:ee:ee:ee', '33:33:00:00:00:01', '01:00:5e:00:00:fb'])(
    'leaves %s, which names nobody',
    (address) => expect(text(address)).toBe(address),
  );

  const inHexadecimal = (address: string) =>
    address
      .split('.')
      .toReversed()
      .map((octet) => Number(octet).toString(16).padStart(2, '0').toUpperCase())
      .join('');

  it('gives a socket of /proc/net the stand-ins of its addresses, and keeps its ports', () => {
    const [local, remote] = ['10.244.2.5', '10.96.14.7'];
    const line = `   1: ${inHexadecimal(local)}:1F90 ${inHexadecimal(remote)}:C350 01`;
    expect(line).toContain('0502F40A:1F90');
    const [here, there] = [inHexadecimal(text(local)), inHexadecimal(text(remote))];
    expect(text(line)).toBe(`   1: ${here}:1F90 ${there}:C350 01`);
    const mapped = `0000000000000000FFFF0000${inHexadecimal(local)}:1F90`;
    expect(text(mapped)).toBe(`0000000000000000FFFF0000${here}:1F90`);
    expect(text('00000000:1F90 0100007F:0050')).toBe('00000000:1F90 0100007F:0050');
    expect(text(`${'0'.repeat(32)}:1F90`)).toBe(`${'0'.repeat(32)}:1F90`);
  });

  it('gives an address of IPv6 in a socket the stand-in that it has in words', () => {
    // fd10:0:244::7
    const socket = '000010FD0000440200000000' + '07000000';
    const bytes = (text(`${socket}:1F90`).slice(0, 32).match(/.{8}/g) ?? []).flatMap((word) =>
      (word.match(/../g) ?? []).toReversed(),
    );
    const groups = bytes.flatMap((byte, at) => (at % 2 === 0 ? [`${byte}${bytes[at + 1] ?? ''}`] : []));
    const written = new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
    expect(written).toBe(text('fd10:0:244::7'));
    expect(written).not.toBe('fd10:0:244::7');
  });

  it('gives a route of /proc/net its stand-ins', () => {
    const line = `eth0\t0000F40A\t${inHexadecimal('10.244.2.1')}\t0003\t0\t0\t0\t0000FFFF\t0\t0\t0`;
    const hidden = text(line);
    expect(hidden).toContain(`\t${inHexadecimal(text('10.244.2.1'))}\t0003\t`);
    expect(hidden).toMatch(/^eth0\t0000F40A\t/);
  });

  it('leaves hashes, marks and times alone', () => {
    const words = 'mark 0x4000 0F02F40A deadbeefdeadbeef 12:34:56 0xc0a80001 a1b2c3d4e5f60718';
    expect(text(words)).toBe(words);
  });
});
