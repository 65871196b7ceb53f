/** Manifests with their spec in flow style. */
const manifest = (kind: string, metadata: string, spec: string, version = 'projectcalico.org/v3') =>
  `apiVersion: ${version}\nkind: ${kind}\nmetadata: ${metadata}\nspec: ${spec}`;

export const policy = (name: string, spec: string, namespace = 'shop'): string =>
  manifest('NetworkPolicy', `{ name: ${name}, namespace: ${namespace} }`, spec);

export const globalPolicy = (name: string, spec: string): string =>
  manifest('GlobalNetworkPolicy', `{ name: ${name} }`, spec);

export const stored = (kind: string, name: string, spec: string): string =>
  manifest(kind, `{ name: ${name}, namespace: shop }`, spec, 'crd.projectcalico.org/v1');

export const tier = (name: string, spec: string): string => manifest('Tier', `{ name: ${name} }`, spec);

export const networkSet = (labels: string, nets: string, namespace = 'shop'): string =>
  manifest(
    'NetworkSet',
    `{ name: set-of-${namespace}, namespace: ${namespace}, labels: ${labels} }`,
    `{ nets: ${nets} }`,
  );

export const globalSet = (labels: string, nets: string): string =>
  manifest('GlobalNetworkSet', `{ name: world, labels: ${labels} }`, `{ nets: ${nets} }`);

export const hostEndpoint = (node: string, labels: string): string =>
  manifest(
    'HostEndpoint',
    `{ name: ${node}-eth0, labels: ${labels} }`,
    `{ node: ${node}, interfaceName: eth0, expectedIPs: [192.168.0.11] }`,
  );

export const account = (namespace: string, name: string, labels: string): string =>
  `apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: ${name}, namespace: ${namespace}, labels: ${labels} }`;

export const together = (...manifests: readonly string[]): string => manifests.join('\n---\n');

/** On the Pods of the cart. */
export const onCart = (rules: string, more = ''): string => `{ selector: app == 'cart', ${more} ingress: [${rules}] }`;

/** On the Pod of the checkout. */
export const ofCheckout = (rules: string, more = ''): string =>
  `{ selector: app == 'checkout', ${more} types: [Egress], egress: [${rules}] }`;
