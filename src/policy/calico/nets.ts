import { readAddress } from '../address/address.js';
import { covers, type Range, rangeOf, readCidr } from '../address/range.js';
import { doubt, type Match } from '../model/match.js';
import type { Party } from '../model/party.js';
import { complain, type Field, itemsOf, textOf } from '../read/field.js';

const readNet = (field: Field): Range | undefined => {
  const text = textOf(field) ?? '';
  const address = readAddress(text);
  if (address) return rangeOf(address);
  const cidr = readCidr(text);
  if (!cidr) complain(field, `"${text}" is no CIDR, for example 192.0.2.0/24 or 2001:db8::/64`);
  return cidr?.range;
};

/** Absent and empty are the same. */
export const readNets = (field: Field): readonly Range[] =>
  (itemsOf(field) ?? []).flatMap((item) => readNet(item) ?? []);

export const inNets = (ranges: readonly Range[], { address, name }: Party): Match => {
  if (ranges.length === 0) return false;
  if (!address) return doubt('address-unknown', { end: name });
  return ranges.some((range) => covers(range, address));
};
