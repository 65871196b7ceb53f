/** A manifest of each kind, its spec in flow style. */
export const adminPolicy = (name: string, spec: string): string =>
  `apiVersion: policy.networking.k8s.io/v1alpha1\nkind: AdminNetworkPolicy\nmetadata: { name: ${name} }\nspec: ${spec}`;

export const baseline = (spec: string, name = 'default'): string =>
  `apiVersion: policy.networking.k8s.io/v1alpha1\nkind: BaselineAdminNetworkPolicy\nmetadata: { name: ${name} }\nspec: ${spec}`;

export const clusterPolicy = (name: string, spec: string): string =>
  `apiVersion: policy.networking.k8s.io/v1alpha2\nkind: ClusterNetworkPolicy\nmetadata: { name: ${name} }\nspec: ${spec}`;

export const together = (...manifests: readonly string[]): string => manifests.join('\n---\n');
