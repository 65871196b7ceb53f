/** Manifests with their spec in flow style. */
export const policy = (name: string, spec: string, namespace = 'shop'): string =>
  `apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: ${spec}`;

export const clusterwide = (name: string, spec: string): string =>
  `apiVersion: cilium.io/v2\nkind: CiliumClusterwideNetworkPolicy\nmetadata: { name: ${name} }\nspec: ${spec}`;

export const several = (name: string, specs: string): string =>
  `apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: { name: ${name}, namespace: shop }\nspecs: ${specs}`;

export const cidrGroup = (name: string, cidrs: string, labels = '{}'): string =>
  `apiVersion: cilium.io/v2\nkind: CiliumCIDRGroup\nmetadata: { name: ${name}, labels: ${labels} }\nspec: { externalCIDRs: ${cidrs} }`;

export const together = (...manifests: readonly string[]): string => manifests.join('\n---\n');

const app = (name: string) => `endpointSelector: { matchLabels: { app: ${name} } }`;

/** On the Pods of the cart. */
export const toCart = (rule: string): string => policy('a', `{ ${app('cart')}, ingress: [${rule}] }`);

/** On the Pod of the checkout. */
export const ofCheckout = (rule: string): string => policy('a', `{ ${app('checkout')}, egress: [${rule}] }`);

export const on = (name: string, rest: string): string => `{ ${app(name)}, ${rest} }`;
