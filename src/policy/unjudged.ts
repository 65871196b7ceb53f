import type { Manifest } from './inventory/document.js';
import { reason } from './model/match.js';
import type { Unjudged } from './model/policy.js';

/** Groups whose policies decide about connections. */
const groups = /(^|\.)(projectcalico\.org|cilium\.io|antrea\.io|ovn\.org|networking\.k8s\.io)$/;
const kinds = /(NetworkPolicy|EgressFirewall|Tier|NetworkSet)$/;

/** Staged policies are there to be watched, and have no effect. */
const hasEffect = (kind: string) => !kind.startsWith('Staged');

export const isPolicy = ({ group, kind }: Manifest): boolean =>
  groups.test(group) && kinds.test(kind) && hasEffect(kind);

/** A policy in a language that nobody here speaks; it may touch whatever stands in its namespace. */
export const unjudged = ({ kind, namespace, name, place, group }: Manifest): Unjudged => ({
  kind,
  namespace,
  name,
  place,
  why: reason('kind-not-understood', { kind, group, policy: namespace ? `${namespace}/${name}` : name }),
  touches: (party) => namespace === '' || party.namespace === namespace,
});
