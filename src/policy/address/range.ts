import { type Address, type Family, readAddress } from './address.js';
import { writeAddress } from './write-address.js';

/** All addresses from `first` to `last`, both included. */
export interface Range {
  readonly family: Family;
  readonly first: bigint;
  readonly last: bigint;
}

export const bitsOf = (family: Family) => (family === 4 ? 32 : 128);

export const everything = (family: Family): Range => ({ family, first: 0n, last: (1n << BigInt(bitsOf(family))) - 1n });

export interface Cidr {
  readonly range: Range;
  /** Bits of the network. */
  readonly bits: number;
  /** Whether the address had bits beyond the network, which are dropped. */
  readonly loose: boolean;
}

export const readCidr = (text: string): Cidr | undefined => {
  const [, before = '', length = ''] = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(text) ?? [];
  const address = readAddress(before);
  const bits = Number(length);
  if (!address || length === '' || bits > bitsOf(address.family)) return undefined;
  const size = 1n << BigInt(bitsOf(address.family) - bits);
  const first = (address.value / size) * size;
  return { range: { family: address.family, first, last: first + size - 1n }, bits, loose: first !== address.value };
};

export const rangeOf = ({ family, value }: Address): Range => ({ family, first: value, last: value });

export const covers = ({ family, first, last }: Range, address: Address): boolean =>
  family === address.family && first <= address.value && address.value <= last;

export const isWithin = (inner: Range, outer: Range): boolean =>
  inner.family === outer.family && outer.first <= inner.first && inner.last <= outer.last;

/** As a CIDR where it is one, else as `first-last`; one address stands alone. */
export const writeRange = ({ family, first, last }: Range): string => {
  const start = writeAddress({ family, value: first });
  if (first === last) return start;
  const size = last - first + 1n;
  const isBlock = (size & (size - 1n)) === 0n && first % size === 0n;
  if (!isBlock) return `${start}-${writeAddress({ family, value: last })}`;
  return `${start}/${bitsOf(family) - (size.toString(2).length - 1)}`;
};
