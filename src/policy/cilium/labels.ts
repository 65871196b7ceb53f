import type { Inventory } from '../inventory/inventory.js';
import { type Doubt, doubt, isDoubt } from '../model/match.js';
import { isPod, type Party } from '../model/party.js';
import { entityWords, isEntity } from './entities.js';

export interface Key {
  /** Who gave the label: `k8s`, `reserved`; `any` where it does not matter. */
  readonly source: string;
  readonly name: string;
}

/** `k8s:app`; without a source, any is meant. */
export const readKey = (text: string): Key => {
  const [, source = 'any', name = text] = /^([a-z0-9-]+):(.*)$/s.exec(text) ?? [];
  return { source, name };
};

export const namespaceKey = 'io.kubernetes.pod.namespace';
export const namespaceLabels = 'io.cilium.k8s.namespace.labels.';

/** These are no part of an identity unless the agent is told so (Documentation/operations/performance/scalability/identity-relevant-labels.rst). */
const left =
  /^(io\.kubernetes|kubernetes\.io|k8s\.io|annotation|etcd_node|pod-template-(hash|generation)|controller-(revision-hash|uid)|statefulset\.kubernetes\.io\/pod-name)|beta\.kubernetes\.io/;

type Value = string | undefined | Doubt;

const given: ReadonlyMap<string, (party: Party) => Value> = new Map([
  [namespaceKey, ({ namespace }: Party): Value => namespace],
  ['io.cilium.k8s.policy.serviceaccount', ({ serviceAccount }: Party): Value => serviceAccount],
  ['io.cilium.k8s.policy.cluster', (): Value => doubt('cluster-name-unknown')],
]);

const own = (labels: Readonly<Record<string, string>>, key: string) =>
  Object.hasOwn(labels, key) ? labels[key] : undefined;

const ofPod = (party: Party, name: string): Value => {
  const known = given.get(name);
  if (known) return known(party);
  if (name.startsWith(namespaceLabels)) return own(party.namespaceLabels, name.slice(namespaceLabels.length));
  const value = own(party.labels, name);
  return value !== undefined && left.test(name) ? doubt('label-not-in-identity', { label: name }) : value;
};

const ofReserved = (party: Party, name: string, inventory: Inventory): Value => {
  const word = entityWords.find((one) => one === name);
  const match = word !== undefined && isEntity(word, party, inventory);
  if (isDoubt(match)) return match;
  return match ? '' : undefined;
};

/** The value of a label, nothing where it is missing, or why neither can be said. */
export const labelOf = (party: Party, { source, name }: Key, inventory: Inventory): Value => {
  if (source === 'reserved') return ofReserved(party, name, inventory);
  if (source === 'k8s' || source === 'any') return isPod(party) ? ofPod(party, name) : undefined;
  return doubt('label-source', { source });
};
