import { nameLabel } from '../inventory/inventory.js';
import type { Party } from '../model/party.js';
import type { WrittenPeer } from './edit.js';

export interface Term {
  readonly wants: readonly string[];
  readonly has: readonly string[];
}

interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly { key: string; operator: string; values?: readonly string[] }[];
}

type Labels = Readonly<Record<string, string>>;

const holds = (value: string | undefined, operator: string, values: readonly string[]) => {
  if (operator === 'Exists') return value !== undefined;
  if (operator === 'DoesNotExist') return value === undefined;
  const listed = value !== undefined && values.includes(value);
  return operator === 'In' ? listed : !listed;
};

/** The parts of a selector that these labels do not fulfil, and what the labels say there. */
const failing = ({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels, where: string) => {
  const said = (key: string) => `${where}${key}=${labels[key] ?? ''}`;
  const pairs = Object.entries(matchLabels)
    .filter(([key, value]) => labels[key] !== value)
    .map(([key, value]) => ({ wants: `${where}${key}=${value}`, has: said(key) }));
  const tests = matchExpressions
    .filter(({ key, operator, values = [] }) => !holds(labels[key], operator, values))
    .map(({ key, operator, values = [] }) => ({
      wants: `${where}${key} ${operator} ${values.join(',')}`.trim(),
      has: said(key),
    }));
  return [...pairs, ...tests];
};

const termOf = ({ podSelector, namespaceSelector }: WrittenPeer, peer: Party, home: string) => {
  const pod = failing((podSelector ?? {}) as Selector, peer.labels, '');
  if (namespaceSelector)
    return [...failing(namespaceSelector as Selector, peer.namespaceLabels, 'namespace: '), ...pod];
  // A selector of Pods alone speaks of the namespace of its policy.
  const away = peer.namespace !== home;
  return away
    ? [{ wants: `namespace: ${nameLabel}=${home}`, has: `namespace: ${nameLabel}=${peer.namespace}` }, ...pod]
    : pod;
};

/** What the entry that comes nearest asks of the other end, and what is there instead. */
export const termsOf = (peers: readonly WrittenPeer[], peer: Party, home: string): Term | undefined => {
  const [nearest] = peers
    .filter(({ ipBlock }) => !ipBlock)
    .map((written) => termOf(written, peer, home))
    .filter((terms) => terms.length > 0)
    .toSorted((one, other) => one.length - other.length);
  return nearest && { wants: nearest.map(({ wants }) => wants), has: nearest.map(({ has }) => has) };
};
