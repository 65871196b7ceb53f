import { globalPolicyKinds, listOf } from '../../domain/calico-objects.js';
import { ifReadable } from '../../domain/if-readable.js';
import { networkOfFlow } from '../../domain/network-of-flow.js';
import { firstServed } from '../../domain/not-served.js';
import { type PolicyEngine, policyEngine } from '../../domain/policy-engine.js';
import { type EngineReader, type JudgedFlow, type PolicyDocuments, policyDocuments } from './documents.js';

export interface InForce {
  readonly found: PolicyDocuments;
  /** Who puts policies into effect; absent where nobody may know, and where nothing hangs on it. */
  readonly engine?: PolicyEngine | undefined;
}

const hasPolicies = ({ documents }: PolicyDocuments) =>
  documents.some(({ value }) => /NetworkPolicy$/.test((value as { kind: string }).kind));

const isCiliumServed = async (kube: EngineReader) =>
  (await firstServed([
    () => kube.list('ciliumclusterwidenetworkpolicies.cilium.io', {}),
    () => kube.list('ciliumcidrgroups.cilium.io', {}),
  ])) !== undefined;

/**
 * Whether an engine may read more than Kubernetes has, or deny what no policy speaks of: all but flannel's network,
 * where no other engine's kinds are served, which the API server has said before and costs nothing.
 */
const mayReadMore = async (kube: EngineReader, flow: JudgedFlow): Promise<boolean> => {
  const found = await ifReadable(networkOfFlow(kube, flow));
  if (found?.network !== 'flannel') return true;
  const calico = ifReadable(listOf(kube, globalPolicyKinds).then((found) => found !== undefined));
  const cilium = ifReadable(isCiliumServed(kube));
  const served = await Promise.all([calico, cilium]);
  return served.some((one) => one !== false);
};

/**
 * The policies that decide about a flow, read in the language of whoever puts them into effect. Who that is takes
 * requests of its own, and is asked only where something hangs on it.
 */
export const policiesInForce = async (kube: EngineReader, flow: JudgedFlow, now: number): Promise<InForce> => {
  const plain = await ifReadable(policyDocuments(kube, flow, undefined));
  if (plain && !hasPolicies(plain) && !(await mayReadMore(kube, flow))) return { found: plain };
  // Who may not list DaemonSets may still know what the policies say.
  const engine = await ifReadable(policyEngine(kube, flow, now));
  const found = plain && !engine?.name ? plain : await policyDocuments(kube, flow, engine?.name);
  return { found, engine };
};
