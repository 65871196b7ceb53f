import { z } from 'zod';
import { CannotLook } from './cannot-look.js';
import type { KubeObject, PluginKind } from './kinds.js';
import { nameOf } from './name-of.js';
import { firstServed } from './not-served.js';
import type { ObjectReader } from './object-reader.js';

/** The two groups that serve the same objects, the one Calico keeps them in by default first. */
export const poolKinds = ['ippools.crd.projectcalico.org', 'ippools.projectcalico.org'] as const;
export const blockKinds = ['ipamblocks.crd.projectcalico.org', 'ipamblocks.projectcalico.org'] as const;
export const affinityKinds = ['blockaffinities.crd.projectcalico.org', 'blockaffinities.projectcalico.org'] as const;
export const assignmentKinds = ['ipamconfigs.crd.projectcalico.org', 'ipamconfigurations.projectcalico.org'] as const;
export const globalPolicyKinds = [
  'globalnetworkpolicies.crd.projectcalico.org',
  'globalnetworkpolicies.projectcalico.org',
] as const;
export const policyKinds = ['networkpolicies.crd.projectcalico.org', 'networkpolicies.projectcalico.org'] as const;

export const networkSetKinds = ['networksets.crd.projectcalico.org', 'networksets.projectcalico.org'] as const;
export const globalNetworkSetKinds = [
  'globalnetworksets.crd.projectcalico.org',
  'globalnetworksets.projectcalico.org',
] as const;
export const hostEndpointKinds = ['hostendpoints.crd.projectcalico.org', 'hostendpoints.projectcalico.org'] as const;
export const tierKinds = ['tiers.crd.projectcalico.org', 'tiers.projectcalico.org'] as const;

type Kinds<K extends PluginKind> = readonly [K, K];

export const felixKinds = [
  'felixconfigurations.crd.projectcalico.org',
  'felixconfigurations.projectcalico.org',
] as const;

/** @throws CannotLook where an object has not the form that Calico gives it: then nothing may be said of any */
export const fitting = <T>(schema: z.ZodType<T>, object: unknown, what: string): T => {
  const read = schema.safeParse(object);
  if (read.success) return read.data;
  throw new CannotLook('lost', `${what} has an unknown form: ${read.error.issues[0]?.path.join('.') ?? ''}`);
};

/** All of a kind; `undefined` where Calico is not installed. */
export const listOf = <K extends PluginKind>(
  kube: ObjectReader<K>,
  kinds: Kinds<K>,
  scope: { namespace?: string; limit?: number } = {},
): Promise<KubeObject<K>[] | undefined> => firstServed(kinds.map((kind) => () => kube.list(kind as never, scope)));

export const poolSchema = z.strictObject({
  name: z.string(),
  cidr: z.string(),
  /** `Never`, `Always`, `CrossSubnet`. */
  ipip: z.string(),
  vxlan: z.string(),
  masquerades: z.boolean(),
  disabled: z.boolean(),
  /** Any Pod on any Node may have an address of it. */
  forAll: z.boolean(),
  blockSize: z.int(),
});
export type Pool = z.infer<typeof poolSchema>;

const poolSpec = z.looseObject({
  cidr: z.string(),
  ipipMode: z.string().default('Never'),
  vxlanMode: z.string().default('Never'),
  natOutgoing: z.boolean().default(false),
  disabled: z.boolean().default(false),
  blockSize: z.int().optional(),
  nodeSelector: z.string().default(''),
  namespaceSelector: z.string().default(''),
  allowedUses: z.array(z.string()).default([]),
});

const everything = ['', 'all()'];

const poolOf = (object: KubeObject<(typeof poolKinds)[number]>): Pool => {
  const spec = fitting(poolSpec, object.spec, `IPPool ${nameOf(object)}`);
  return {
    name: nameOf(object),
    cidr: spec.cidr,
    ipip: spec.ipipMode || 'Never',
    vxlan: spec.vxlanMode || 'Never',
    masquerades: spec.natOutgoing,
    disabled: spec.disabled,
    forAll:
      [spec.nodeSelector, spec.namespaceSelector].every((selector) => everything.includes(selector)) &&
      (spec.allowedUses.length === 0 || spec.allowedUses.includes('Workload')),
    // What Calico takes where nothing is said (docs.tigera.io, IPPool).
    blockSize: spec.blockSize || (spec.cidr.includes(':') ? 122 : 26),
  };
};

/** `undefined` where Calico's kinds are not installed. */
export const poolsOf = async (kube: ObjectReader<(typeof poolKinds)[number]>): Promise<Pool[] | undefined> =>
  (await listOf(kube, poolKinds))?.map(poolOf);

const allocationSchema = z.strictObject({ address: z.string(), node: z.string(), pod: z.string() });

export const blockSchema = z.strictObject({
  cidr: z.string(),
  /** The Node that the block belongs to; empty where it belongs to none. */
  node: z.string(),
  free: z.int(),
  size: z.int(),
  taken: z.array(allocationSchema),
});
export type Block = z.infer<typeof blockSchema>;

const attributeSchema = z.looseObject({ secondary: z.record(z.string(), z.string()).nullish() });
const blockSpec = z.looseObject({
  cidr: z.string(),
  affinity: z.string().nullish(),
  // One entry for each address, in order: the index of its attributes, or null.
  allocations: z.array(z.int().nullable()),
  attributes: z.array(attributeSchema).nullish(),
  unallocated: z.array(z.int()).nullish(),
});

const plus = (cidr: string, offset: number): string => {
  const [base = ''] = cidr.split('/');
  const parts = base.split('.').map(Number);
  if (parts.length !== 4) return '';
  const number = parts.reduce((sum, part) => sum * 256 + part, 0) + offset;
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
};

export const blockOf = (object: KubeObject<(typeof blockKinds)[number]>): Block => {
  const spec = fitting(blockSpec, object.spec, `IPAMBlock ${nameOf(object)}`);
  const attributes = spec.attributes ?? [];
  return {
    cidr: spec.cidr,
    // "host:node-a", and "virtual:…" for what belongs to no Node.
    node: /^host:(.+)$/.exec(spec.affinity ?? '')?.[1] ?? '',
    free: (spec.unallocated ?? []).length,
    size: spec.allocations.length,
    taken: spec.allocations.flatMap((index, offset) => {
      const { node = '', pod = '' } = (index === null ? undefined : attributes[index]?.secondary) ?? {};
      return node === '' && pod === '' ? [] : [{ address: plus(spec.cidr, offset), node, pod }];
    }),
  };
};

/** The block an address lies in, by the name that follows from its range: "10-244-1-0-26". IPv4 only. */
export const blockNameOf = (address: string, size: number): string => {
  const parts = address.split('.').map(Number);
  const number = parts.reduce((sum, part) => sum * 256 + part, 0);
  const start = number - (number % 2 ** (32 - size));
  return `${plus('0.0.0.0/0', start).replaceAll('.', '-')}-${size}`;
};
