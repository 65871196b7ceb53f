import { BlockList } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAddress } from '../../../src/policy/address/address.js';
import { cells } from '../../../src/policy/address/cells.js';
import { covers, everything, readCidr, writeRange } from '../../../src/policy/address/range.js';
import { writeAddress } from '../../../src/policy/address/write-address.js';

describe('addresses', () => {
  it('are written as they are read', () => {
    fc.assert(
      fc.property(fc.ipV4(), (text) => {
        const address = readAddress(text);
        expect(address && writeAddress(address)).toBe(text);
      }),
    );
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const address = readAddress(text);
        expect(address?.family).toBe(6);
        // The shortest form is the one that a URL is written in.
        expect(`[${address && writeAddress(address)}]`).toBe(new URL(`http://[${text}]/`).hostname);
      }),
    );
  });

  it.each(['', 'cart', '010.0.0.1', '1.2.3', '1.2.3.4.5', '256.0.0.1', '::g', '1::2::3', 'fe80::1%eth0', '1'])(
    '%s is none',
    (text) => {
      expect(readAddress(text)).toBeUndefined();
    },
  );

  it.each([
    '10.0.0.0',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/08',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '::/129',
    'a/8',
    '10.0.0.0/8 ',
  ])('%s is no CIDR', (text) => {
    expect(readCidr(text)).toBeUndefined();
  });

  it('lie in a CIDR exactly where Node says so', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.nat(32), fc.ipV4(), (base, bits, text) => {
        const [cidr, address] = [readCidr(`${base}/${bits}`), readAddress(text)];
        const list = new BlockList();
        list.addSubnet(base, bits, 'ipv4');
        expect(cidr && address && covers(cidr.range, address)).toBe(list.check(text, 'ipv4'));
      }),
    );
  });
});

describe('ranges', () => {
  it.each([
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['10.1.2.3/32', '10.1.2.3'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['2001:db8::/32', '2001:db8::/32'],
    ['::/0', '::/0'],
    ['::1/128', '::1'],
  ])('%s is written %s', (text, written) => {
    const cidr = readCidr(text);
    expect(cidr && writeRange(cidr.range)).toBe(written);
  });

  it('that are no CIDR are written from first to last', () => {
    expect(writeRange({ family: 4, first: 1n, last: 2n })).toBe('0.0.0.1-0.0.0.2');
    expect(writeRange({ family: 6, first: 0n, last: 2n })).toBe('::-::2');
  });

  it('cut the space into cells that hold every address once, none of them cut by a range', () => {
    const cidr = fc
      .tuple(fc.ipV4(), fc.nat(32))
      .map(([base, bits]) => readCidr(`${base}/${bits}`)?.range ?? everything(4));
    fc.assert(
      fc.property(fc.array(cidr, { maxLength: 6 }), (ranges) => {
        const found = cells(4, ranges);
        expect(found[0]?.first).toBe(0n);
        expect(found.at(-1)?.last).toBe(everything(4).last);
        for (const [index, cell] of found.entries()) {
          if (index > 0) expect(cell.first).toBe((found[index - 1]?.last ?? 0n) + 1n);
          for (const range of ranges)
            expect(covers(range, { family: 4, value: cell.first })).toBe(
              covers(range, { family: 4, value: cell.last }),
            );
        }
      }),
    );
  });
});
