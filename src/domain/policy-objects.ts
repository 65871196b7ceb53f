import {
  globalNetworkSetKinds,
  globalPolicyKinds,
  hostEndpointKinds,
  listOf,
  networkSetKinds,
  policyKinds,
  tierKinds,
} from './calico-objects.js';
import type { JsonObject } from './json.js';
import type { KubeObject } from './kinds.js';
import { firstServed } from './not-served.js';
import type { ObjectReader } from './object-reader.js';
import { everyNamespace } from './ports.js';

const adminKinds = [
  'adminnetworkpolicies.policy.networking.k8s.io',
  'baselineadminnetworkpolicies.policy.networking.k8s.io',
  'clusternetworkpolicies.policy.networking.k8s.io',
] as const;
const ciliumKinds = [
  'ciliumnetworkpolicies.cilium.io',
  'ciliumclusterwidenetworkpolicies.cilium.io',
  'ciliumcidrgroups.cilium.io',
] as const;

export const policyKindsRead = [
  'networkpolicies',
  ...adminKinds,
  ...policyKinds,
  ...networkSetKinds,
  ...globalPolicyKinds,
  ...globalNetworkSetKinds,
  ...hostEndpointKinds,
  ...tierKinds,
  ...ciliumKinds,
] as const;
type PolicyKind = (typeof policyKindsRead)[number];
type Reader = ObjectReader<PolicyKind>;

/** An item of a list does not say what it is: the list does. */
export const asManifest = (apiVersion: string, kind: string, object: object): JsonObject => ({
  ...(object as JsonObject),
  apiVersion,
  kind,
});

const wordOf: Readonly<Partial<Record<PolicyKind, readonly [string, string]>>> = {
  'adminnetworkpolicies.policy.networking.k8s.io': ['policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy'],
  'baselineadminnetworkpolicies.policy.networking.k8s.io': [
    'policy.networking.k8s.io/v1alpha1',
    'BaselineAdminNetworkPolicy',
  ],
  'clusternetworkpolicies.policy.networking.k8s.io': ['policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy'],
  'ciliumnetworkpolicies.cilium.io': ['cilium.io/v2', 'CiliumNetworkPolicy'],
  'ciliumclusterwidenetworkpolicies.cilium.io': ['cilium.io/v2', 'CiliumClusterwideNetworkPolicy'],
  'ciliumcidrgroups.cilium.io': ['cilium.io/v2', 'CiliumCIDRGroup'],
};

const listed = async (kube: Reader, kind: PolicyKind, namespace?: string): Promise<JsonObject[]> => {
  const found = await firstServed([() => kube.list(kind as never, namespace === undefined ? {} : { namespace })]);
  const [apiVersion, word] = wordOf[kind] ?? ['networking.k8s.io/v1', 'NetworkPolicy'];
  return (found ?? []).map((object) => asManifest(apiVersion, word, object));
};

const each = async (looking: readonly Promise<JsonObject[]>[]) => (await Promise.all(looking)).flat();

type CalicoKind = Extract<PolicyKind, `${string}projectcalico.org`>;

const calicos = async (word: string, found: Promise<KubeObject<CalicoKind>[] | undefined>): Promise<JsonObject[]> =>
  ((await found) ?? []).map((object) => asManifest('crd.projectcalico.org/v1', word, object));

// A set, a tier or an endpoint that was not read makes a sure answer that is wrong: nothing of it may be left out.
const ofCalico = (kube: Reader, namespaces: readonly string[]) => [
  calicos('Tier', listOf(kube, tierKinds)),
  calicos('GlobalNetworkPolicy', listOf(kube, globalPolicyKinds)),
  calicos('GlobalNetworkSet', listOf(kube, globalNetworkSetKinds)),
  calicos('HostEndpoint', listOf(kube, hostEndpointKinds)),
  calicos('NetworkSet', listOf(kube, networkSetKinds, { namespace: everyNamespace })),
  ...namespaces.map((namespace) => calicos('NetworkPolicy', listOf(kube, policyKinds, { namespace }))),
];

const ofCilium = (kube: Reader, namespaces: readonly string[]) => {
  const [ofNamespace, ofCluster, groups] = ciliumKinds;
  return [
    listed(kube, ofCluster),
    listed(kube, groups),
    ...namespaces.map((namespace) => listed(kube, ofNamespace, namespace)),
  ];
};

/**
 * The policies of every language that this engine speaks, in these namespaces and in none. The kinds of another
 * engine are not asked for: nobody would put them into effect.
 */
export const policiesIn = async (
  kube: Reader,
  namespaces: readonly string[],
  engine: string | undefined,
): Promise<JsonObject[]> => {
  return await each([
    ...namespaces.map((namespace) => listed(kube, 'networkpolicies', namespace)),
    // kube-router, weave and Azure's agent know nothing of the policies of administrators.
    ...(engine !== undefined && ['kube-router', 'weave-npc', 'azure-npm'].includes(engine)
      ? []
      : adminKinds.map((kind) => listed(kube, kind))),
    ...(engine === 'calico' ? ofCalico(kube, namespaces) : []),
    ...(engine === 'cilium' ? ofCilium(kube, namespaces) : []),
  ]);
};

/** The same for whoever does not know the engine: what the API server does not serve costs a request and says nothing. */
export const policiesOfAnyEngine = async (kube: Reader, namespaces: readonly string[]): Promise<JsonObject[]> =>
  each([policiesIn(kube, namespaces, undefined), ...ofCalico(kube, namespaces), ...ofCilium(kube, namespaces)]);
