import { covers, type Range, rangeOf } from '../address/range.js';
import { numberIn, podsBehind } from '../ends/service-targets.js';
import type { Inventory } from '../inventory/inventory.js';
import type { Service } from '../inventory/service.js';
import { doubt, type Match } from '../model/match.js';
import type { Party } from '../model/party.js';
import { noPorts, type PortSet, portsOf, protocols, unitePorts } from '../ports/port-set.js';
import { child, complain, type Field, isAbsent, objectOf, textOf } from '../read/field.js';

/** Endpoints of a service that are spoken to at the same ports. */
export interface ServiceGroup {
  readonly matches: (party: Party) => Match;
  readonly ports: PortSet;
}

export interface ServiceEnd {
  readonly matches: (party: Party) => Match;
  readonly groups: readonly ServiceGroup[];
  readonly ranges: readonly Range[];
}

interface Member {
  readonly name: string;
  readonly range: Range | undefined;
  readonly ports: PortSet;
}

const isMember = (members: readonly Member[]) => {
  const names = new Set(members.map(({ name }) => name).filter(Boolean));
  const ranges = members.flatMap(({ range }) => range ?? []);
  return ({ name, address }: Party): boolean =>
    names.has(name) || (address !== undefined && ranges.some((range) => covers(range, address)));
};

const selectedMembers = (service: Service, inventory: Inventory): Member[] =>
  podsBehind(service, inventory).map((endpoint) => ({
    name: endpoint.party.name,
    range: undefined,
    ports: service.ports.reduce((found, { target, protocol }) => {
      const number = numberIn(endpoint, target, protocol);
      return number === undefined ? found : unitePorts(found, portsOf(protocol, number, number));
    }, noPorts),
  }));

const listedMembers = (service: Service, { backends }: Inventory): Member[] =>
  (backends.get(`${service.namespace}/${service.name}`) ?? []).map(({ address, pod, ports }) => ({
    name: pod && `${service.namespace}/${pod}`,
    range: address && rangeOf(address),
    ports: ports.reduce((found, { port, protocol }) => {
      const known = protocols.find((one) => one === protocol);
      return known ? unitePorts(found, portsOf(known, port, port)) : found;
    }, noPorts),
  }));

const unknownEnd = (name: string): ServiceEnd => {
  const matches = () => doubt('service-unknown', { service: name });
  return { matches, groups: [{ matches, ports: noPorts }], ranges: [] };
};

const endOf = (service: Service, inventory: Inventory): ServiceEnd => {
  const members = service.selector ? selectedMembers(service, inventory) : listedMembers(service, inventory);
  const groups = [...Map.groupBy(members, ({ ports }) => JSON.stringify(ports)).values()];
  return {
    matches: isMember(members),
    groups: groups.map((group) => ({ matches: isMember(group), ports: group[0]?.ports ?? noPorts })),
    ranges: members.flatMap(({ range }) => range ?? []),
  };
};

const alone = ['selector', 'notSelector', 'namespaceSelector', 'serviceAccounts', 'nets', 'notNets'] as const;
const portFields = ['ports', 'notPorts'] as const;

const check = (entity: Field, isDestination: boolean) => {
  for (const key of [...alone, ...(isDestination ? portFields : [])])
    if (!isAbsent(child(entity, key))) complain(child(entity, key), 'does not go with services');
};

export interface Home {
  readonly namespace: string;
  readonly inventory: Inventory;
  readonly isDestination: boolean;
}

/** The endpoints of a Service, and where they are the destination their ports too. */
export const readServices = (entity: Field, { namespace, inventory, isDestination }: Home): ServiceEnd | undefined => {
  const field = child(entity, 'services');
  if (isAbsent(field)) return undefined;
  objectOf(field);
  check(entity, isDestination);
  const name = textOf(child(field, 'name'));
  if (!name) complain(child(field, 'name'), 'the name of a Service is missing');
  const home = textOf(child(field, 'namespace')) || namespace;
  if (!home) complain(child(field, 'namespace'), 'a policy without a namespace has to name that of the Service');
  const service = inventory.services.find((one) => one.namespace === home && one.name === name);
  return service ? endOf(service, inventory) : unknownEnd(`${home}/${name ?? ''}`);
};
