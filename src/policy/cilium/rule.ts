import type { Range } from '../address/range.js';
import { both, type Match, type Reason, reason } from '../model/match.js';
import type { Party } from '../model/party.js';
import type { Direction, Policy, Rule } from '../model/policy.js';
import { allPorts } from '../ports/port-set.js';
import { child, complain, type Field, isAbsent, itemsOf, objectOf, wordOf } from '../read/field.js';
import { unknownFields } from '../read/unknown-fields.js';
import { type Home, peerFields, readPeers, readRequires } from './peers.js';
import { type PortEntry, readIcmps, readToPorts } from './ports.js';

export interface RuleHome extends Home {
  readonly place: Policy['place'];
}

export interface ReadRule {
  readonly rules: readonly Rule[];
  /** What it forbids beside what it says, before all that any rule allows. */
  readonly denials: readonly Rule[];
  readonly ranges: readonly Range[];
}

const requires: Readonly<Record<Direction, string>> = { ingress: 'fromRequires', egress: 'toRequires' };

const anyPort: PortEntry = { ports: () => allPorts, doubts: [], remarks: [] };

const readPorts = (field: Field): { said: boolean; entries: PortEntry[] } => {
  const [ports, icmps] = [child(field, 'toPorts'), child(field, 'icmps')];
  const entries = [...readToPorts(ports), ...readIcmps(icmps)];
  const [hasPorts, hasIcmps] = [ports, icmps].map((one) => (itemsOf(one) ?? []).length > 0);
  if (hasPorts && hasIcmps) complain(icmps, 'does not go with toPorts: write a rule of its own');
  return { said: entries.length > 0, entries: entries.length > 0 ? entries : [anyPort] };
};

interface Authentication {
  readonly remarks: readonly Reason[];
  readonly doubts: readonly Reason[];
}

const readAuthentication = (field: Field): Authentication => {
  const written = child(field, 'authentication');
  const mode = isAbsent(written)
    ? 'disabled'
    : wordOf(child(written, 'mode'), ['disabled', 'required', 'test-always-fail'] as const);
  return {
    remarks: mode === 'required' ? [reason('authentication')] : [],
    doubts: mode === 'test-always-fail' ? [reason('authentication')] : [],
  };
};

/** `ingress[0]`, or `specs[1].ingress[0]`. */
const nameOf = ({ path }: Field) =>
  path
    .filter((part) => part !== 'spec')
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^.*?\.(?=specs|(ingress|egress)(Deny)?\[)/, '');

const wary =
  (test: (party: Party) => Match, reasons: readonly Reason[]) =>
  (party: Party): Match =>
    reasons.length === 0 ? test(party) : both(test(party), { reasons });

const readDenials = (field: Field, home: RuleHome): Rule[] => {
  const lacking = readRequires(field, home);
  if (!lacking) return [];
  return [
    {
      action: 'deny',
      name: `${nameOf(field)}.${requires[home.direction]}`,
      place: { ...home.place, path: child(field, requires[home.direction]).path },
      peer: lacking,
      ports: () => allPorts,
      remarks: () => [reason('requires-removed')],
    },
  ];
};

/** A rule that says neither who nor which port speaks of nothing: it only isolates. */
export const readRule = (field: Field, action: 'allow' | 'deny', home: RuleHome): ReadRule => {
  objectOf(field);
  const allowing = action === 'allow' ? [requires[home.direction], 'authentication'] : [];
  const unknown = unknownFields(field, ...peerFields(home.direction), 'toPorts', 'icmps', ...allowing);
  const peers = readPeers(field, home);
  const { said, entries } = readPorts(field);
  const { remarks, doubts } = readAuthentication(field);
  const strange = unknown.map((name) => reason('field-not-understood', { field: name }));
  const peer = peers.said ? peers.matches : () => said || strange.length > 0;
  const rules = entries.map(
    (entry): Rule => ({
      action,
      name: nameOf(field),
      place: { ...home.place, path: field.path },
      peer: wary(peer, [...strange, ...doubts, ...entry.doubts]),
      ports: entry.ports,
      remarks: () => [...remarks, ...entry.remarks],
    }),
  );
  return { rules, denials: action === 'allow' ? readDenials(field, home) : [], ranges: peers.ranges };
};
