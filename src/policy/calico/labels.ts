import type { Labels } from '../../domain/selector.js';
import type { Party } from '../model/party.js';
import type { Lookup, Words } from './selector/parse.js';
import type { Select } from './selector/read-selector.js';

const namespaceLabel = 'projectcalico.org/namespace';
const nameLabel = 'projectcalico.org/name';
/** Labels of the namespace are carried by whoever lives there under this prefix (conversion.go). */
const namespacePrefix = 'pcns.';

const own = (labels: Labels, key: string) => (Object.hasOwn(labels, key) ? labels[key] : undefined);

/** Something that a selector may select: what it carries itself, and what its namespace carries. */
export interface Labelled {
  readonly labels: Labels;
  /** Empty for what is in no namespace. */
  readonly namespace: string;
  readonly namespaceLabels: Labels;
}

const ofNamespace = ({ namespace, namespaceLabels }: Labelled, key: string) => {
  if (namespace === '') return undefined;
  return key === nameLabel ? namespace : own(namespaceLabels, key);
};

export const lookupIn =
  (item: Labelled, given: Labels = {}): Lookup =>
  (key) => {
    if (key === namespaceLabel) return item.namespace || undefined;
    if (key.startsWith(namespacePrefix)) return ofNamespace(item, key.slice(namespacePrefix.length));
    return own(given, key) ?? own(item.labels, key);
  };

/** What Calico gives to every Pod. */
export const lookupOf = (party: Party): Lookup =>
  lookupIn(party, {
    'projectcalico.org/orchestrator': 'k8s',
    'projectcalico.org/serviceaccount': party.serviceAccount,
  });

/** `all()` means whatever is in some namespace, `global()` whatever is in none (rules.go, getEndpointSelector). */
export const inNamespaces =
  (select: Select) =>
  (item: Labelled): boolean => {
    const words: Words = { all: item.namespace !== '', global: item.namespace === '' };
    return select((key) => ofNamespace(item, key), words);
  };
