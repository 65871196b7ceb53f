import { BlockList, isIP } from 'node:net';

interface Range {
  readonly address: string;
  readonly length: number;
  readonly family: 'ipv4' | 'ipv6';
}

const rangeOf = (text: string): Range | undefined => {
  const [address = '', length] = text.split('/');
  const family = isIP(address);
  const most = family === 6 ? 128 : 32;
  const bits = length === undefined ? most : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  return family !== 0 && bits <= most ? { address, length: bits, family: family === 6 ? 'ipv6' : 'ipv4' } : undefined;
};

const has = (outer: Range, inner: Range) => {
  const list = new BlockList();
  list.addSubnet(outer.address, outer.length, outer.family);
  return outer.family === inner.family && list.check(inner.address, inner.family);
};

/** Whether an address lies in a range. What is no range holds nothing. */
export const holds = (range: string, address: string): boolean => {
  const [outer, inner] = [rangeOf(range), rangeOf(address)];
  return outer !== undefined && inner !== undefined && outer.length <= inner.length && has(outer, inner);
};

/** Whether two ranges have an address in common. */
export const overlap = (one: string, other: string): boolean => holds(one, other) || holds(other, one);
