import type { Address } from './address.js';

const v4 = (value: bigint) => [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');

const groupsOf = (value: bigint) =>
  Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - index * 16)) & 0xffffn).toString(16));

interface Run {
  readonly from: number;
  readonly length: number;
}

const longestZeros = (groups: readonly string[]) => {
  let best: Run = { from: 0, length: 0 };
  for (let from = 0; from < groups.length; from += 1) {
    let length = 0;
    while (groups[from + length] === '0') length += 1;
    if (length > best.length) best = { from, length };
  }
  return best;
};

/** The shortest form (RFC 5952): the first longest run of two or more zero groups becomes `::`. */
const v6 = (value: bigint) => {
  const groups = groupsOf(value);
  const { from, length } = longestZeros(groups);
  if (length < 2) return groups.join(':');
  return `${groups.slice(0, from).join(':')}::${groups.slice(from + length).join(':')}`;
};

export const writeAddress = ({ family, value }: Address): string => (family === 4 ? v4(value) : v6(value));
