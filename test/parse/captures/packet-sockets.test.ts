import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packetSocketsSchema, parsePacketSockets } from '../../../src/parse/captures/packet-sockets.js';

const head = 'sk               RefCnt Type Proto  Iface R Rmem   User   Inode\n';
const tcpdump = '000000000b2df567 3      2    0003   0     1 0      0      27574740\n';

it('counts who listens on every device', () => {
  expect(parsePacketSockets(head)).toEqual({ onAny: 0, all: 0, understood: true });
  expect(parsePacketSockets(head + tcpdump + tcpdump)).toEqual({ onAny: 2, all: 2, understood: true });
});

it('takes a client of DHCP or one device for what it is', () => {
  const other = '000000000b2df567 3      3    0800   2     1 0      0      27574741\n';
  expect(parsePacketSockets(head + other)).toEqual({ onAny: 0, all: 1, understood: true });
});

it('takes any text', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const facts = parsePacketSockets(text);
      expect(packetSocketsSchema.parse(facts)).toEqual(facts);
    }),
  );
  expect(parsePacketSockets('cat: /proc/net/packet: No such file or directory').understood).toBe(false);
});
