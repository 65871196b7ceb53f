import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { captureSchema, parseCapture } from '../../../src/parse/captures/capture.js';

const recorded = (name: string) => readFileSync(new URL(`../../fixtures/tcpdump/${name}.txt`, import.meta.url), 'utf8');
const onAny = recorded('any.stderr');
const read = (name: string) => parseCapture(recorded(name), onAny);

describe('a capture on all devices of a node', () => {
  it('follows a SYN from the veth of its Pod through the tunnel, with the address of the Service replaced on the way', () => {
    const { packets, listened, tellsDevice, strange } = read('answered-node-a');
    expect({ listened, tellsDevice, strange }).toEqual({ listened: true, tellsDevice: true, strange: [] });
    const syn = packets.filter(({ seq, flags }) => seq === 2538248778 && flags === 'S');
    expect(syn.map(({ device, way, to, outer }) => [device, way, to?.address, outer?.to.address])).toEqual([
      ['veth2f54113c', 'in', '10.96.65.48', undefined],
      ['cni0', 'in', '10.244.0.3', undefined],
      ['flannel.1', 'out', '10.244.0.3', undefined],
      ['eth0', 'out', '10.244.0.3', '10.0.0.12'],
    ]);
  });

  it('reads the answer, which counts on from the SYN', () => {
    const answer = read('answered-node-a').packets.find(({ flags }) => flags === 'S.');
    expect(answer).toEqual({
      at: 1795257637.956292,
      device: 'eth0',
      way: 'in',
      kind: 'tcp',
      from: { address: '10.244.0.3', port: 9000 },
      to: { address: '10.244.2.2', port: 48026 },
      outer: { from: { address: '10.0.0.12', port: 44055 }, to: { address: '10.0.0.11', port: 8472 } },
      flags: 'S.',
      seq: 2296217651,
      ack: 2538248779,
    });
  });

  it.each([
    ['refused by a filter', 'ICMP', 'host 192.0.2.2 unreachable - admin prohibited filter'],
    ['asked for by ARP', 'ARP', 'Request who-has 192.0.2.9 tell 192.0.2.1'],
    ['answered by ARP', 'ARP', 'Reply 10.9.0.2 is-at ee:13:61:96:47:15'],
    ['without a listener', 'UDP', '192.0.2.2 udp port 53 unreachable'],
    ['asked for by IPv6', 'ICMP6', 'neighbor solicitation, who has 2001:db8::2'],
  ])('reads what is %s', (_, _protocol, says) => {
    expect(read('mixed').packets.map((packet) => packet.says)).toContain(says);
  });

  it('reads IPv6 and what VXLAN wraps', () => {
    const { packets, strange } = read('mixed');
    expect(strange).toEqual([]);
    expect(packets).toContainEqual(
      expect.objectContaining({
        from: { address: '2001:db8::1', port: 57926 },
        to: { address: '2001:db8::2', port: 90 },
      }),
    );
    expect(packets.filter(({ outer }) => outer?.to.port === 4789).length).toBeGreaterThan(5);
  });

  it('reads what IPIP, Geneve and GRE wrap', () => {
    const inner = read('other-tunnels').packets.filter(({ outer }) => outer);
    expect(inner.map(({ from, flags, seq }) => [from?.address, flags, seq])).toEqual(
      Array.from({ length: 3 }, () => ['10.9.0.1', 'S', 123456]),
    );
  });

  it('hears nothing where nothing came', () => {
    expect(parseCapture('', onAny)).toMatchObject({ listened: true, packets: [], lost: 0 });
  });
});

describe('other ways to listen', () => {
  it('reads one device', () => {
    const { packets, tellsDevice } = parseCapture(recorded('one-device'), recorded('one-device.stderr'));
    expect(tellsDevice).toBe(false);
    expect(packets.map(({ device, way, flags, outer }) => [device, way, flags, outer?.to.port])).toEqual([
      [undefined, undefined, 'S', 8472],
      [undefined, undefined, 'S.', 8472],
      [undefined, undefined, 'S', 8472],
      [undefined, undefined, 'R.', 8472],
    ]);
  });

  it('reads all devices as a tcpdump that does not name them prints it', () => {
    const { packets, tellsDevice } = parseCapture(recorded('any-without-devices'), onAny.replaceAll('SLL2', 'SLL'));
    expect(tellsDevice).toBe(false);
    expect(packets[0]).toMatchObject({ way: 'in', flags: 'S', to: { address: '10.96.65.48' } });
    expect(packets[0]).not.toHaveProperty('device');
  });

  it('tells that it could not listen', () => {
    const refused = "tcpdump: any: You don't have permission to perform this capture on that device";
    expect(parseCapture('', refused)).toMatchObject({ listened: false, message: refused });
  });
});

describe('the bytes of the packets', () => {
  const facts = parseCapture(recorded('bytes'), recorded('bytes.stderr'));

  it('make the very file that tcpdump wrote of them', () => {
    const written = readFileSync(new URL('../../fixtures/tcpdump/bytes.pcap', import.meta.url));
    expect(Buffer.from(facts.pcap?.base64 ?? '', 'base64')).toEqual(written);
    expect(facts.pcap).toMatchObject({
      packets: 4,
      sha256: createHash('sha256').update(written).digest('hex'),
    });
  });

  it('are no part of what is said of them', () => {
    expect([facts.packets.map(({ flags }) => flags), facts.strange]).toEqual([['S', 'S.', 'S', 'R.'], []]);
  });

  it('are missing where they were not printed', () => {
    expect(read('answered-node-a').pcap).toBeUndefined();
  });
});

describe('any text', () => {
  const files = ['answered-node-a', 'bytes', 'mixed', 'other-tunnels', 'any-without-devices'].map(recorded);
  const mutated = fc
    .tuple(
      fc.constantFrom(...files),
      fc.array(fc.tuple(fc.nat(20_000), fc.string({ maxLength: 20 })), { maxLength: 8 }),
    )
    .map(([text, cuts]) =>
      cuts.reduce((now, [at, put]) => now.slice(0, at % now.length) + put + now.slice((at % now.length) + 3), text),
    );

  it('is taken, and every packet of it is whole', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), mutated), fc.string(), (stdout, stderr) => {
        const facts = parseCapture(stdout, stderr);
        expect(captureSchema.parse(facts)).toEqual(facts);
        expect(facts.strange.length).toBeLessThanOrEqual(10);
      }),
    );
  });

  it.each([
    '1795257637.1 ',
    '> ',
    '1.1.1.1 > 2.2.2.2: ',
    '0.',
    '\n',
    '[',
    '\t0x0000:  0806 0000\n',
    '1795257637.123456 length 1: x\n',
  ])('takes no time for much of %j', (piece) => {
    parseCapture(piece.repeat(200_000), piece.repeat(200_000));
  });
});
