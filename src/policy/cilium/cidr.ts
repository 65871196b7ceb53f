import type { Labels } from '../../domain/selector.js';
import { readAddress } from '../address/address.js';
import { covers, isWithin, type Range, rangeOf, readCidr } from '../address/range.js';
import { type Manifest, metadataOf, specOf } from '../inventory/document.js';
import { doubt, type Match } from '../model/match.js';
import type { Party } from '../model/party.js';
import { child, complain, type Field, isAbsent, itemsOf, labelsOf, textOf } from '../read/field.js';
import { unknownFields } from '../read/unknown-fields.js';
import { readSelector } from '../selector/label-selector.js';

export interface Blocks {
  readonly matches: (party: Party) => Match;
  readonly ranges: readonly Range[];
}

export interface CidrGroup {
  readonly name: string;
  readonly labels: Labels;
  readonly ranges: readonly Range[];
}

const readBlock = (field: Field): Range | undefined => {
  const text = textOf(field) ?? '';
  const found = readCidr(text)?.range;
  if (!found) complain(field, `"${text}" is no CIDR, for example 192.0.2.0/24 or 2001:db8::/64`);
  return found;
};

const readBlockOrAddress = (field: Field): Range | undefined => {
  const address = readAddress(textOf(field) ?? '');
  return address ? rangeOf(address) : readBlock(field);
};

const readList = (field: Field) => (itemsOf(field) ?? []).flatMap((item) => readBlockOrAddress(item) ?? []);

export const groupsIn = (manifests: readonly Manifest[]): CidrGroup[] =>
  manifests
    .filter(({ kind }) => kind === 'CiliumCIDRGroup')
    .map((manifest) => ({
      name: manifest.name,
      labels: labelsOf(child(metadataOf(manifest), 'labels')),
      ranges: readList(child(specOf(manifest), 'externalCIDRs')),
    }));

/** Neither Pods nor, unless told so, nodes: only what has no identity by its labels (layer3.rst, CIDR based). */
const isPlain = ({ kind }: Party) => kind === 'outside';

const isIn = (ranges: readonly Range[], { address }: Party) =>
  address !== undefined && ranges.some((range) => covers(range, address));

export const readCidrs = (field: Field): Blocks => {
  const ranges = readList(field);
  return { matches: (party) => isPlain(party) && isIn(ranges, party), ranges };
};

/** The ranges that one entry means; nothing where it names a group that is not there. */
const meant = (field: Field, groups: readonly CidrGroup[]): readonly Range[] | undefined => {
  const [cidr, ref, selector] = ['cidr', 'cidrGroupRef', 'cidrGroupSelector'].map((key) => child(field, key));
  const written = [cidr, ref, selector].filter((one) => one && !isAbsent(one));
  if (written.length !== 1) complain(field, 'write one of cidr, cidrGroupRef, cidrGroupSelector');
  if (ref && !isAbsent(ref)) return groups.find(({ name }) => name === textOf(ref))?.ranges;
  if (selector && !isAbsent(selector)) {
    const select = readSelector(selector);
    return groups.filter(({ labels }) => select(labels)).flatMap(({ ranges }) => ranges);
  }
  return cidr && !isAbsent(cidr) ? [readBlock(cidr)].flatMap((range) => range ?? []) : [];
};

const readEntry = (field: Field, groups: readonly CidrGroup[]): Blocks => {
  const [strange] = unknownFields(field, 'cidr', 'cidrGroupRef', 'cidrGroupSelector', 'except');
  const ranges = meant(field, groups);
  const isSingle = !isAbsent(child(field, 'cidr'));
  const except = (itemsOf(child(field, 'except')) ?? []).flatMap((item) => {
    const cut = readBlock(item);
    if (cut && isSingle && ranges?.length && !ranges.some((range) => isWithin(cut, range)))
      complain(item, `"${item.value}" does not lie inside "${child(field, 'cidr').value}"`);
    return cut ?? [];
  });
  const matches = (party: Party): Match => {
    if (!isPlain(party) || isIn(except, party)) return false;
    if (strange !== undefined) return doubt('field-not-understood', { field: strange });
    if (ranges) return isIn(ranges, party);
    return doubt('cidr-group-unknown', { group: String(child(field, 'cidrGroupRef').value) });
  };
  return { matches, ranges: [...(ranges ?? []), ...except] };
};

export const readCidrSets = (field: Field, groups: readonly CidrGroup[]): Blocks[] =>
  (itemsOf(field) ?? []).map((item) => readEntry(item, groups));
