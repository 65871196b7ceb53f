import { covers, isWithin, type Range, readCidr } from '../address/range.js';
import type { Engine } from '../inventory/inventory.js';
import { doubt, type Match, type Reason, reason } from '../model/match.js';
import { isPod, type Party } from '../model/party.js';
import { child, complain, type Field, itemsOf, knowOnly, textOf, warn } from '../read/field.js';

export interface IpBlock {
  readonly range: Range;
  readonly except: readonly Range[];
}

const readOne = (field: Field) => {
  const text = textOf(field);
  if (text === undefined) return undefined;
  const cidr = readCidr(text);
  if (!cidr) complain(field, `"${text}" is no CIDR, for example 192.0.2.0/24 or 2001:db8::/64`);
  else if (cidr.loose) warn(field, `"${text}" has bits beyond its prefix, which have no effect`);
  return cidr;
};

/** `except` has to be smaller than the block it is cut from (validation.go, ValidateIPBlock). */
export const readIpBlock = (field: Field): IpBlock | undefined => {
  knowOnly(field, 'cidr', 'except');
  const written = child(field, 'cidr');
  if (textOf(written) === undefined) complain(written, 'a CIDR is missing');
  const cidr = readOne(written);
  const except = (itemsOf(child(field, 'except')) ?? []).flatMap((item) => {
    const cut = readOne(item);
    if (cut && cidr && (!isWithin(cut.range, cidr.range) || cut.bits <= cidr.bits))
      complain(item, `"${item.value}" does not lie inside "${written.value}"`);
    return cut ? [cut.range] : [];
  });
  return cidr && { range: cidr.range, except };
};

/** Pods may have an address in the block as well; a Pod whose address nobody knows leaves it open. */
export const inBlock = ({ range, except }: IpBlock, party: Party, { blocksMatchPods }: Engine): Match => {
  if (isPod(party) && !blocksMatchPods) return false;
  const { address } = party;
  if (address) return covers(range, address) && !except.some((cut) => covers(cut, address));
  return doubt('address-unknown', { end: party.name });
};

/** Whether a block speaks of Pods depends on the program that puts it into effect. */
export const blockRemarks = (party: Party): readonly Reason[] =>
  isPod(party) ? [reason('block-matches-pod', { end: party.name })] : [];
