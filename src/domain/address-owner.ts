import { z } from 'zod';
import { ifReadable } from './if-readable.js';
import type { KubeObject } from './kinds.js';
import { nameOf } from './name-of.js';
import { mostNodes } from './node-address.js';
import type { ObjectReader } from './object-reader.js';
import { isFinished } from './pod-state.js';
import { everyNamespace } from './ports.js';
import { holds } from './ranges.js';

const ownerSchema = z.strictObject({ namespace: z.string(), name: z.string() });

/** Who of the cluster could have one address, so far as few small requests tell. */
export const claimsSchema = z.strictObject({
  nodes: z.array(z.strictObject({ name: z.string(), addresses: z.array(z.string()), ranges: z.array(z.string()) })),
  pods: z.array(ownerSchema),
  services: z.array(ownerSchema),
  /** The namespaces in which Pods and Services were looked for; `*` for all. */
  namespaces: z.array(z.string()),
});
export type Claims = z.infer<typeof claimsSchema>;

const nodeClaim = (node: KubeObject<'nodes'>): Claims['nodes'][number] => ({
  name: nameOf(node),
  addresses: (node.status?.addresses ?? []).map(({ address }) => address),
  ranges: node.spec?.podCIDRs ?? (node.spec?.podCIDR ? [node.spec.podCIDR] : []),
});

type Reader = ObjectReader<'nodes' | 'pods' | 'services'>;

const named = ({ metadata }: KubeObject<'pods'> | KubeObject<'services'>) => ({
  namespace: metadata?.namespace ?? '',
  name: metadata?.name ?? '',
});

interface Asked {
  readonly address: string;
  /** Where to look if nobody may look everywhere. */
  readonly namespaces: readonly string[];
}

const inNamespace = async (kube: Reader, address: string, namespace: string) => {
  const [pods, services] = await Promise.all([
    kube.list('pods', { namespace, fields: { 'status.podIP': address } }),
    kube.list('services', { namespace, fields: { 'spec.clusterIP': address } }),
  ]);
  return { namespace, pods, services };
};

const lookIn = async (kube: Reader, { address, namespaces }: Asked) => {
  const whole = await ifReadable(inNamespace(kube, address, everyNamespace));
  if (whole) return [whole];
  const each = await Promise.all(namespaces.map((one) => ifReadable(inNamespace(kube, address, one))));
  return each.flatMap((one) => one ?? []);
};

export const claimsTo = async (kube: Reader, asked: Asked): Promise<Claims> => {
  const [nodes, looked] = await Promise.all([kube.list('nodes', { limit: mostNodes }), lookIn(kube, asked)]);
  const pods = looked.flatMap((one) => one.pods);
  return {
    nodes: nodes.map(nodeClaim),
    pods: pods.filter((pod) => !isFinished(pod) && !pod.spec?.hostNetwork).map(named),
    services: looked.flatMap((one) => one.services).map(named),
    namespaces: looked.map(({ namespace }) => namespace),
  };
};

export const ownNode = ({ nodes }: Claims, address: string) =>
  nodes.find(({ addresses }) => addresses.includes(address));

export const rangeWith = ({ nodes }: Claims, address: string) =>
  nodes
    .flatMap(({ name, ranges }) => ranges.map((range) => ({ node: name, range })))
    .find(({ range }) => holds(range, address));
