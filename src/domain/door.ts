import { isIP } from 'node:net';
import { z } from 'zod';
import type { Flow } from './flow.js';
import { ifReadable } from './if-readable.js';
import type { KubeObject } from './kinds.js';
import { nameOf } from './name-of.js';
import { internalAddress, isLoopback, mostNodes } from './node-address.js';
import type { ObjectReader } from './object-reader.js';
import { podAtSchema, podsAt } from './pod-at.js';
import { everyNamespace } from './ports.js';
import { serviceAtSchema, servicesAt } from './service-at.js';
import { sourceNode } from './source-node.js';

type Reader = ObjectReader<'services' | 'pods' | 'nodes'>;

/** An address with a port that is neither a Pod nor a Service by name, and who answers there. */
export const doorSchema = z.strictObject({
  address: z.string(),
  port: z.int(),
  protocol: z.enum(['TCP', 'UDP', 'SCTP']),
  /** The node whose address it is; empty where it is none's. */
  node: z.string(),
  loopback: z.boolean(),
  services: z.array(serviceAtSchema),
  pods: z.array(podAtSchema),
});
export type Door = z.infer<typeof doorSchema>;
export type Towards = Pick<Flow<'pod' | 'node' | 'outside', 'node' | 'ip'>, keyof Flow>;

const has = (node: KubeObject<'nodes'>, address: string) =>
  node.status?.addresses?.some((one) => one.address === address) ?? false;

/** A Pod on the network of its node has the address of the node: that finds it without a list of all Nodes. */
const nodeWith = async (kube: Reader, address: string): Promise<string> => {
  const fields = { 'status.podIP': address };
  const there = await ifReadable(kube.list('pods', { namespace: everyNamespace, fields, limit: 5 }));
  const host = there?.find(({ spec }) => spec?.hostNetwork && spec.nodeName);
  if (host) return host.spec?.nodeName ?? '';
  const nodes = await ifReadable(kube.list('nodes', { limit: mostNodes }));
  const found = nodes?.find((node) => has(node, address));
  return found ? nameOf(found) : '';
};

const placeOf = async (kube: Reader, flow: Towards): Promise<Pick<Door, 'address' | 'node' | 'loopback'>> => {
  const { to } = flow;
  if (to.kind === 'node' && isIP(to.name) === 0) {
    const address = internalAddress(await kube.get('nodes', { name: to.name })) ?? '';
    return { address, node: to.name, loopback: false };
  }
  const address = to.kind === 'ip' ? to.address : to.name;
  if (isLoopback(address)) return { address, node: await sourceNode(kube, flow.from), loopback: true };
  return { address, node: await nodeWith(kube, address), loopback: false };
};

/** What of the cluster answers where the flow goes; undefined where it names no port, or no address is known. */
export const doorOf = async (kube: Reader, flow: Towards): Promise<Door | undefined> => {
  const { port, protocol } = flow;
  if (typeof port !== 'number') return undefined;
  const place = await placeOf(kube, flow);
  if (place.address === '') return undefined;
  const asked = { ...place, port, protocol };
  const [services, pods] = await Promise.all([servicesAt(kube, asked), podsAt(kube, asked)]);
  return { ...asked, services, pods };
};
