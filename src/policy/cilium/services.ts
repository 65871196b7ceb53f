import type { Labels } from '../../domain/selector.js';
import { covers, type Range, rangeOf } from '../address/range.js';
import { type Manifest, metadataOf } from '../inventory/document.js';
import type { Inventory } from '../inventory/inventory.js';
import type { Service } from '../inventory/service.js';
import { doubt, type Match, some } from '../model/match.js';
import { isPod, type Party } from '../model/party.js';
import { child, complain, type Field, isAbsent, itemsOf, labelsOf, textOf } from '../read/field.js';
import { readSelector } from '../selector/label-selector.js';
import type { Blocks } from './cidr.js';

/** Labels of Services, by `namespace/name`. */
export type ServiceLabels = ReadonlyMap<string, Labels>;

export const serviceLabelsIn = (manifests: readonly Manifest[]): ServiceLabels =>
  new Map(
    manifests
      .filter(({ group, kind }) => group === '' && kind === 'Service')
      .map((one) => [`${one.namespace}/${one.name}`, labelsOf(child(metadataOf(one), 'labels'))]),
  );

const keyOf = ({ namespace, name }: Service) => `${namespace}/${name}`;

/** The Pods that its selector means; without one the listed addresses, which select no Pod (layer3.rst, Services based). */
const behind = (service: Service, { backends }: Inventory): Blocks => {
  const { selector, namespace } = service;
  if (selector) {
    const wanted = Object.entries(selector);
    const matches = (party: Party) =>
      isPod(party) && party.namespace === namespace && wanted.every(([key, value]) => party.labels[key] === value);
    return { matches, ranges: [] };
  }
  const ranges: Range[] = (backends.get(keyOf(service)) ?? []).flatMap(({ address }) =>
    address ? rangeOf(address) : [],
  );
  const matches = ({ kind, address }: Party) =>
    kind === 'outside' && address !== undefined && ranges.some((range) => covers(range, address));
  return { matches, ranges };
};

const unknownService = (name: string): Blocks => ({
  matches: () => doubt('service-unknown', { service: name }),
  ranges: [],
});

const together = (parts: readonly Blocks[]): Blocks => ({
  matches: (party): Match => some(parts, ({ matches }) => matches(party)),
  ranges: parts.flatMap(({ ranges }) => ranges),
});

const readNamed = (field: Field, inventory: Inventory): Blocks => {
  const name = textOf(child(field, 'serviceName')) ?? '';
  const namespace = textOf(child(field, 'namespace')) ?? '';
  if (!name) complain(child(field, 'serviceName'), 'the name of a Service is missing');
  const service = inventory.services.find((one) => one.name === name && one.namespace === namespace);
  return service ? behind(service, inventory) : unknownService(`${namespace}/${name}`);
};

const readSelected = (field: Field, inventory: Inventory, labels: ServiceLabels): Blocks => {
  const select = readSelector(child(field, 'selector'));
  const namespace = textOf(child(field, 'namespace')) ?? '';
  const found = inventory.services.filter(
    (one) => (namespace === '' || one.namespace === namespace) && select(labels.get(keyOf(one)) ?? {}),
  );
  return together(found.map((service) => behind(service, inventory)));
};

export const readServices = (field: Field, inventory: Inventory, labels: ServiceLabels): Blocks[] =>
  (itemsOf(field) ?? []).map((item) => {
    const [named, selected] = [child(item, 'k8sService'), child(item, 'k8sServiceSelector')];
    if (isAbsent(named) === isAbsent(selected)) complain(item, 'write either k8sService or k8sServiceSelector');
    return isAbsent(named) ? readSelected(selected, inventory, labels) : readNamed(named, inventory);
  });
