import type {
  CoreV1Event,
  V1APIService,
  V1ConfigMap,
  V1DaemonSet,
  V1Deployment,
  V1EndpointSlice,
  V1Endpoints,
  V1Ingress,
  V1IngressClass,
  V1Job,
  V1Lease,
  V1MutatingWebhookConfiguration,
  V1Namespace,
  V1NetworkPolicy,
  V1Node,
  V1ObjectMeta,
  V1Pod,
  V1ReplicaSet,
  V1Service,
  V1ServiceCIDR,
  V1StatefulSet,
  V1ValidatingWebhookConfiguration,
} from '@kubernetes/client-node';

/** An object of a network plugin, or of the Gateway API. Its versions differ, so whoever reads it says what it has to look like. */
export interface PluginObject {
  metadata?: V1ObjectMeta;
  spec?: { [field: string]: unknown };
  status?: { [field: string]: unknown };
}

/** Quantities, as "12345678n" and "64Mi". */
interface Usage {
  cpu?: string;
  memory?: string;
}

/** What metrics-server measured of a Pod and of a Node in the last `window`, as "15s". */
interface PodUsage {
  metadata?: V1ObjectMeta;
  window?: string;
  containers?: { name?: string; usage?: Usage }[];
}
interface NodeUsage {
  metadata?: V1ObjectMeta;
  window?: string;
  usage?: Usage;
}

/** Kinds that only a plugin brings along, by the name that kubectl takes: `PLURAL.GROUP`. */
interface PluginObjects {
  'adminnetworkpolicies.policy.networking.k8s.io': PluginObject;
  'baselineadminnetworkpolicies.policy.networking.k8s.io': PluginObject;
  'blockaffinities.crd.projectcalico.org': PluginObject;
  'blockaffinities.projectcalico.org': PluginObject;
  'ciliumcidrgroups.cilium.io': PluginObject;
  'ciliumclusterwidenetworkpolicies.cilium.io': PluginObject;
  'ciliumendpoints.cilium.io': PluginObject;
  'ciliumnetworkpolicies.cilium.io': PluginObject;
  'ciliumnodeconfigs.cilium.io': PluginObject;
  'clusternetworkpolicies.policy.networking.k8s.io': PluginObject;
  'felixconfigurations.crd.projectcalico.org': PluginObject;
  'felixconfigurations.projectcalico.org': PluginObject;
  'gatewayclasses.gateway.networking.k8s.io': PluginObject;
  'gateways.gateway.networking.k8s.io': PluginObject;
  'globalnetworkpolicies.crd.projectcalico.org': PluginObject;
  'globalnetworkpolicies.projectcalico.org': PluginObject;
  'globalnetworksets.crd.projectcalico.org': PluginObject;
  'globalnetworksets.projectcalico.org': PluginObject;
  'hostendpoints.crd.projectcalico.org': PluginObject;
  'hostendpoints.projectcalico.org': PluginObject;
  'httproutes.gateway.networking.k8s.io': PluginObject;
  'ipamblocks.crd.projectcalico.org': PluginObject;
  'ipamblocks.projectcalico.org': PluginObject;
  'ipamconfigs.crd.projectcalico.org': PluginObject;
  'ipamconfigurations.projectcalico.org': PluginObject;
  'ippools.crd.projectcalico.org': PluginObject;
  'ippools.projectcalico.org': PluginObject;
  'networkpolicies.crd.projectcalico.org': PluginObject;
  'networkpolicies.projectcalico.org': PluginObject;
  'networksets.crd.projectcalico.org': PluginObject;
  'networksets.projectcalico.org': PluginObject;
  'nodes.metrics.k8s.io': NodeUsage;
  'pods.metrics.k8s.io': PodUsage;
  'referencegrants.gateway.networking.k8s.io': PluginObject;
  'tiers.crd.projectcalico.org': PluginObject;
  'tiers.projectcalico.org': PluginObject;
}
export type PluginKind = keyof PluginObjects;

/** The only kinds the program may ever read. Timestamps stay the strings the API sent. */
export interface KubeObjects extends PluginObjects {
  apiservices: V1APIService;
  configmaps: V1ConfigMap;
  daemonsets: V1DaemonSet;
  deployments: V1Deployment;
  endpoints: V1Endpoints;
  endpointslices: V1EndpointSlice;
  events: CoreV1Event;
  ingressclasses: V1IngressClass;
  ingresses: V1Ingress;
  jobs: V1Job;
  leases: V1Lease;
  mutatingwebhookconfigurations: V1MutatingWebhookConfiguration;
  namespaces: V1Namespace;
  networkpolicies: V1NetworkPolicy;
  nodes: V1Node;
  pods: V1Pod;
  replicasets: V1ReplicaSet;
  services: V1Service;
  servicecidrs: V1ServiceCIDR;
  statefulsets: V1StatefulSet;
  validatingwebhookconfigurations: V1ValidatingWebhookConfiguration;
}

export type Kind = keyof KubeObjects;
/** Not a kind: read through the API server, of a Pod or of a Service. */
export const beneath = ['pods/log', 'services/proxy'] as const;
type Beneath = (typeof beneath)[number];
/** What a step may declare to read: a kind, the logs of Pods, or what a Prometheus or a Loki kept. */
export type Readable = Kind | Beneath;

export const isBeneath = (readable: Readable): readable is Beneath => beneath.some((one) => one === readable);

/** JSON has no dates: what client-node types as `Date` arrives as an RFC 3339 string. */
export type Wire<T> = T extends Date
  ? string
  : T extends (infer U)[]
    ? Wire<U>[]
    : T extends object
      ? { [K in keyof T]: Wire<T[K]> }
      : T;
export type KubeObject<K extends Kind> = Wire<KubeObjects[K]>;

interface KindPath {
  readonly group: string;
  readonly version: string;
  readonly namespaced: boolean;
}

const ofCalico = (namespaced = false): KindPath => ({ group: 'crd.projectcalico.org', version: 'v1', namespaced });
// The objects of Calico where it keeps them in this group itself (from 3.32 on), or serves them there besides.
const ofCalico3 = (namespaced = false): KindPath => ({ group: 'projectcalico.org', version: 'v3', namespaced });

const ofAdmins = (version: string): KindPath => ({ group: 'policy.networking.k8s.io', version, namespaced: false });

const ofGateways = (version = 'v1', namespaced = true): KindPath => ({
  group: 'gateway.networking.k8s.io',
  version,
  namespaced,
});

export const kinds: Readonly<Record<Kind, KindPath>> = {
  'adminnetworkpolicies.policy.networking.k8s.io': ofAdmins('v1alpha1'),
  'baselineadminnetworkpolicies.policy.networking.k8s.io': ofAdmins('v1alpha1'),
  'blockaffinities.crd.projectcalico.org': ofCalico(),
  'blockaffinities.projectcalico.org': ofCalico3(),
  'ciliumcidrgroups.cilium.io': { group: 'cilium.io', version: 'v2', namespaced: false },
  'ciliumclusterwidenetworkpolicies.cilium.io': { group: 'cilium.io', version: 'v2', namespaced: false },
  'ciliumendpoints.cilium.io': { group: 'cilium.io', version: 'v2', namespaced: true },
  'ciliumnetworkpolicies.cilium.io': { group: 'cilium.io', version: 'v2', namespaced: true },
  'ciliumnodeconfigs.cilium.io': { group: 'cilium.io', version: 'v2', namespaced: true },
  'clusternetworkpolicies.policy.networking.k8s.io': ofAdmins('v1alpha2'),
  'felixconfigurations.crd.projectcalico.org': ofCalico(),
  'felixconfigurations.projectcalico.org': ofCalico3(),
  'gatewayclasses.gateway.networking.k8s.io': ofGateways('v1', false),
  'gateways.gateway.networking.k8s.io': ofGateways(),
  'globalnetworkpolicies.crd.projectcalico.org': ofCalico(),
  'globalnetworkpolicies.projectcalico.org': ofCalico3(),
  'globalnetworksets.crd.projectcalico.org': ofCalico(),
  'globalnetworksets.projectcalico.org': ofCalico3(),
  'hostendpoints.crd.projectcalico.org': ofCalico(),
  'hostendpoints.projectcalico.org': ofCalico3(),
  'httproutes.gateway.networking.k8s.io': ofGateways(),
  'ipamblocks.crd.projectcalico.org': ofCalico(),
  'ipamblocks.projectcalico.org': ofCalico3(),
  'ipamconfigs.crd.projectcalico.org': ofCalico(),
  'ipamconfigurations.projectcalico.org': ofCalico3(),
  'ippools.crd.projectcalico.org': ofCalico(),
  'ippools.projectcalico.org': ofCalico3(),
  'networkpolicies.crd.projectcalico.org': ofCalico(true),
  'networkpolicies.projectcalico.org': ofCalico3(true),
  'networksets.crd.projectcalico.org': ofCalico(true),
  'networksets.projectcalico.org': ofCalico3(true),
  'nodes.metrics.k8s.io': { group: 'metrics.k8s.io', version: 'v1beta1', namespaced: false },
  'pods.metrics.k8s.io': { group: 'metrics.k8s.io', version: 'v1beta1', namespaced: true },
  'referencegrants.gateway.networking.k8s.io': ofGateways('v1beta1'),
  'tiers.crd.projectcalico.org': ofCalico(),
  'tiers.projectcalico.org': ofCalico3(),
  apiservices: { group: 'apiregistration.k8s.io', version: 'v1', namespaced: false },
  configmaps: { group: '', version: 'v1', namespaced: true },
  daemonsets: { group: 'apps', version: 'v1', namespaced: true },
  deployments: { group: 'apps', version: 'v1', namespaced: true },
  endpoints: { group: '', version: 'v1', namespaced: true },
  endpointslices: { group: 'discovery.k8s.io', version: 'v1', namespaced: true },
  events: { group: '', version: 'v1', namespaced: true },
  ingressclasses: { group: 'networking.k8s.io', version: 'v1', namespaced: false },
  ingresses: { group: 'networking.k8s.io', version: 'v1', namespaced: true },
  jobs: { group: 'batch', version: 'v1', namespaced: true },
  leases: { group: 'coordination.k8s.io', version: 'v1', namespaced: true },
  mutatingwebhookconfigurations: { group: 'admissionregistration.k8s.io', version: 'v1', namespaced: false },
  namespaces: { group: '', version: 'v1', namespaced: false },
  networkpolicies: { group: 'networking.k8s.io', version: 'v1', namespaced: true },
  nodes: { group: '', version: 'v1', namespaced: false },
  pods: { group: '', version: 'v1', namespaced: true },
  replicasets: { group: 'apps', version: 'v1', namespaced: true },
  services: { group: '', version: 'v1', namespaced: true },
  servicecidrs: { group: 'networking.k8s.io', version: 'v1', namespaced: false },
  statefulsets: { group: 'apps', version: 'v1', namespaced: true },
  validatingwebhookconfigurations: { group: 'admissionregistration.k8s.io', version: 'v1', namespaced: false },
};

/** What the API calls the kind: the name up to the group, which only kinds of plugins carry. */
export const resourceOf = (kind: Kind): string => kind.split('.')[0] ?? kind;

/** Absent from most clusters, so that a right to read it is no right that is missing there. */
export const isPluginKind = (kind: string): kind is PluginKind => kind.includes('.');
