import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packetCapture } from '../../../src/queries/captures/packet-capture.js';
import { filterOf } from '../../../src/queries/scripts/capture-filter.js';

const wanted = { addresses: ['10.244.2.2', '10.244.0.3'], ports: [80, 9000], tunnels: [8472] };

it('names addresses, ports and the inside of tunnels, and nothing else', () => {
  expect(filterOf({ addresses: ['10.244.2.2'], ports: [80], tunnels: [8472] })).toBe(
    [
      '(tcp and (host 10.244.2.2) and (port 80) and (ip6 or tcp[13]&6!=0))',
      '((icmp[0]=3 or (icmp6 and ip6[40]=1)) and (host 10.244.2.2))',
      '(arp and (host 10.244.2.2))',
      '(ip proto 4 and (ip[20]&0xf0=0x60 or ip[29]=1 or ip[53]&6!=0) and ((ip[32:4]=0x0af40202) or (ip[36:4]=0x0af40202)))',
      '(udp dst port 8472 and (udp[30]&0xf0=0x60 or udp[39]=1 or udp[63]&6!=0) and ((udp[42:4]=0x0af40202) or (udp[46:4]=0x0af40202)))',
    ].join(' or '),
  );
});

it('finds an address of IPv6 inside of a tunnel', () => {
  expect(filterOf({ addresses: ['fd00::1:203'], ports: [80], tunnels: [8472] })).toContain(
    '(udp[38:4]=0xfd000000 and udp[42:4]=0x00000000 and udp[46:4]=0x00000000 and udp[50:4]=0x00010203)',
  );
});

it('holds nothing but words, numbers and operators', () => {
  const address = fc.oneof(fc.ipV4(), fc.ipV6());
  fc.assert(
    fc.property(fc.array(address, { minLength: 1, maxLength: 8 }), (addresses) => {
      expect(filterOf({ ...wanted, addresses })).toMatch(/^[a-z0-9 .:()[\]=!&]+$/);
    }),
  );
});

it.each(['10.0.0.1 or port 22', '-w/tmp/x', '10.0.0', '', 'fe80::1%eth0', '$(id)'])(
  'refuses the address %j',
  (address) => {
    expect(packetCapture.args.safeParse({ ...wanted, addresses: [address], seconds: 5 }).success).toBe(false);
  },
);

it('is bounded in time, number and length, and not promiscuous', () => {
  const argv = packetCapture.variants[0]?.argv({ ...wanted, seconds: 8 });
  expect(argv?.slice(0, -1).join(' ')).toBe('timeout -k 1 8 tcpdump -p -n -tt -e -S -xx -i any -c 600 -s 144');
  expect(packetCapture.args.safeParse({ ...wanted, seconds: 31 }).success).toBe(false);
});

const tcpdump = ['/usr/bin/tcpdump', '/usr/sbin/tcpdump'].find(existsSync);

describe.skipIf(!tcpdump || process.getuid?.() !== 0)('tcpdump', () => {
  it.each([
    ['IPv4', wanted],
    ['IPv6', { addresses: ['fd00::7', '2001:db8::1'], ports: [53], tunnels: [4789, 6081] }],
    ['both', { addresses: ['10.0.0.1', 'fd00::7'], ports: [1, 65535], tunnels: [] }],
  ])('understands the filter for %s', (_, filter) => {
    const code = execFileSync(tcpdump ?? '', ['-d', '-i', 'any', filterOf(filter)], { encoding: 'utf8' });
    expect(code).toContain('ret      #0');
  });
});
