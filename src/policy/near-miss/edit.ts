import type { Document } from '../inventory/document.js';
import type { Direction } from '../model/policy.js';

export interface WrittenPeer {
  readonly podSelector?: object;
  readonly namespaceSelector?: object;
  readonly ipBlock?: object;
}
export interface WrittenRule {
  readonly from?: readonly WrittenPeer[];
  readonly to?: readonly WrittenPeer[];
  readonly ports?: readonly { protocol?: string; port?: number | string; endPort?: number }[];
}
interface Written {
  readonly kind?: string;
  readonly metadata?: { readonly namespace?: string; readonly name?: string };
  readonly spec?: { readonly ingress?: readonly WrittenRule[]; readonly egress?: readonly WrittenRule[] };
}

const peersKey = { ingress: 'from', egress: 'to' } as const;

export const peersIn = (rule: WrittenRule, direction: Direction): readonly WrittenPeer[] =>
  rule[peersKey[direction]] ?? [];

export const withPeers = (rule: WrittenRule, direction: Direction, peers: readonly WrittenPeer[]): WrittenRule => ({
  ...rule,
  [peersKey[direction]]: peers,
});

const isPolicy = (value: unknown): value is Written => (value as Written | undefined)?.kind === 'NetworkPolicy';

/** The same documents, with the rules of every NetworkPolicy written anew. */
export const rewritten = (
  documents: readonly Document[],
  direction: Direction,
  change: (rule: WrittenRule) => WrittenRule,
): Document[] =>
  documents.map((document) => {
    const { value } = document;
    const rules = isPolicy(value) ? value.spec?.[direction] : undefined;
    if (!isPolicy(value) || !rules) return document;
    return { ...document, value: { ...value, spec: { ...value.spec, [direction]: rules.map(change) } } };
  });

/** A rule as somebody wrote it, by the name that the evaluator gives it: `ingress[0]`. */
export const ruleNamed = (
  documents: readonly Document[],
  { namespace, name }: { namespace: string; name: string },
  rule: string,
): WrittenRule | undefined => {
  const [, direction, index] = /^(ingress|egress)\[(\d+)\]$/.exec(rule) ?? [];
  const found = documents
    .map(({ value }) => value)
    .find((value) => isPolicy(value) && value.metadata?.name === name && value.metadata.namespace === namespace);
  return direction && isPolicy(found) ? found.spec?.[direction as Direction]?.[Number(index)] : undefined;
};
