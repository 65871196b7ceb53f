import type { Range } from '../address/range.js';
import type { Inventory } from '../inventory/inventory.js';
import { both, doubt, either, every, type Match, not } from '../model/match.js';
import { isPod, type Party } from '../model/party.js';
import { child, type Field, isAbsent, itemsOf, objectOf, textOf } from '../read/field.js';
import { type Accounts, type AccountTest, readAccounts } from './accounts.js';
import { inNamespaces, type Labelled, lookupIn, lookupOf } from './labels.js';
import { inNets, readNets } from './nets.js';
import { readNamespaceSelector, readSelector, type Select } from './selector/read-selector.js';
import { readServices, type ServiceEnd } from './services.js';
import type { AddressSet } from './sets.js';

type Test = (party: Party) => Match;

/** What the rules of a policy look up. */
export interface World {
  readonly inventory: Inventory;
  readonly sets: readonly AddressSet[];
  readonly accounts: Accounts;
}

export interface Entity {
  readonly matches: Test;
  readonly services: ServiceEnd | undefined;
  readonly ranges: readonly Range[];
}

/** What of something in or outside a namespace is asked for, all of it at once. */
interface Wanted {
  readonly home: string;
  readonly namespaces: Select | undefined;
  readonly labels: Select | undefined;
  readonly accounts: AccountTest | undefined;
}

const isAtHome = ({ home, namespaces }: Wanted) => {
  if (namespaces) return inNamespaces(namespaces);
  return ({ namespace }: Labelled) => home === '' || namespace === home;
};

const runsAs = (accounts: AccountTest | undefined, party: Party): Match => {
  if (accounts?.names && !accounts.names.has(party.serviceAccount)) return false;
  return accounts?.labelled?.(party) ?? true;
};

const podsOf = (wanted: Wanted): Test => {
  const { labels, accounts } = wanted;
  const atHome = isAtHome(wanted);
  return (party) => {
    if (!isPod(party) || !atHome(party)) return false;
    return labels && !labels(lookupOf(party)) ? false : runsAs(accounts, party);
  };
};

/** Service accounts belong to Pods: no set of addresses has one. */
const setsOf = (wanted: Wanted, { sets }: World): AddressSet[] => {
  if (wanted.accounts?.names || wanted.accounts?.labelled) return [];
  const atHome = isAtHome(wanted);
  return sets.filter((set) => atHome(set) && (wanted.labels?.(lookupIn(set)) ?? true));
};

/** Any address may turn out to be that of a name. */
export const inDomains = (names: readonly string[]): Match =>
  names.length > 0 && doubt('domain-name', { names: names.join(', ') });

/** Endpoints and sets of networks are selected by their labels; a set stands for its networks, Pods in them included. */
const selection = (wanted: Wanted, world: World) => {
  const [pods, sets] = [podsOf(wanted), setsOf(wanted, world)];
  const ranges = sets.flatMap((set) => set.ranges);
  const named = inDomains(sets.flatMap(({ domains }) => domains));
  const inSets = (party: Party) => either(inNets(ranges, party), !isPod(party) && named);
  return { matches: (party: Party) => either(pods(party), inSets(party)), ranges };
};

interface Part {
  readonly matches: Test;
  readonly ranges: readonly Range[];
}

/**
 * In a policy with a namespace any selector keeps to that namespace, `notSelector` included, unless there is a
 * `namespaceSelector` (rules.go, GetEntityRuleSelector).
 */
const readSelected = (field: Field, home: string, world: World): Part[] => {
  const namespaces = readNamespaceSelector(child(field, 'namespaceSelector'));
  const labels = readSelector(child(field, 'selector'));
  const unwanted = readSelector(child(field, 'notSelector'));
  const accounts = readAccounts(child(field, 'serviceAccounts'), world.accounts);
  const hasAccounts = accounts?.names !== undefined || accounts?.labelled !== undefined;
  const asks =
    namespaces !== undefined || labels !== undefined || hasAccounts || (unwanted !== undefined && home !== '');
  const parts = asks ? [selection({ home, namespaces, labels, accounts }, world)] : [];
  if (!unwanted) return parts;
  const out = selection({ home: '', namespaces: undefined, labels: unwanted, accounts: undefined }, world);
  return [...parts, { ...out, matches: (party) => not(out.matches(party)) }];
};

const readAddresses = (field: Field): Part[] => {
  const [nets, notNets] = [readNets(child(field, 'nets')), readNets(child(field, 'notNets'))];
  const domains = (itemsOf(child(field, 'domains')) ?? []).flatMap((item) => textOf(item) ?? []);
  return [
    ...(domains.length > 0 ? [{ matches: () => inDomains(domains), ranges: [] }] : []),
    ...(nets.length > 0 ? [{ matches: (party: Party) => inNets(nets, party), ranges: nets }] : []),
    ...(notNets.length > 0 ? [{ matches: (party: Party) => not(inNets(notNets, party)), ranges: notNets }] : []),
  ];
};

export interface Side {
  readonly home: string;
  readonly isDestination: boolean;
}

/** `source` or `destination` of a rule, its ports aside: everything that is written has to hold. */
export const readEntity = (field: Field, { home, isDestination }: Side, world: World): Entity => {
  if (isAbsent(field)) return { matches: () => true, services: undefined, ranges: [] };
  objectOf(field);
  const services = readServices(field, { namespace: home, inventory: world.inventory, isDestination });
  const parts = services ? [] : [...readSelected(field, home, world), ...readAddresses(field)];
  return {
    matches: (party) =>
      both(
        services?.matches(party) ?? true,
        every(parts, ({ matches }) => matches(party)),
      ),
    services,
    ranges: [...parts.flatMap(({ ranges }) => ranges), ...(services?.ranges ?? [])],
  };
};
