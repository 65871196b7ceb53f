import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { type Door, doorOf, type Towards } from '../../domain/door.js';
import { type FlowNode, nodesOfFlow } from '../../domain/flow-nodes.js';
import type { KubeObject } from '../../domain/kinds.js';
import { internalAddress } from '../../domain/node-address.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import type { ServiceAt } from '../../domain/service-at.js';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { type Target, targetsOf } from '../../domain/targets.js';
import { type Start, startOf } from './first-packet.js';

type Reader = ObjectReader<'services' | 'endpointslices' | 'pods' | 'nodes'>;

export const doorServiceSchema = z.strictObject({
  namespace: z.string(),
  name: z.string(),
  port: z.int(),
  local: z.boolean(),
  ranges: z.array(z.string()),
});

export interface DoorFlow {
  readonly door: Door;
  readonly at: ServiceAt;
  readonly service: KubeObject<'services'> | undefined;
  readonly slices: readonly KubeObject<'endpointslices'>[];
  readonly expected: readonly Target[];
}

/** The Service behind the door of a flow, and where it should lead; undefined where no Service is there. */
export const doorFlow = async (kube: Reader, flow: Towards): Promise<DoorFlow | undefined> => {
  const door = await doorOf(kube, flow);
  const at = door?.services[0];
  if (!door || !at) return undefined;
  const { service, slices } = await serviceAndEndpoints(kube, at);
  const expected = targetsOf(service, slices, { port: at.port, protocol: door.protocol });
  return { door, at, service, slices, expected };
};

// TEST-NET-1: an address that no node has stands for all that come from outside.
const anybody = '192.0.2.1';

const startOfAny = async (kube: Reader, flow: Towards): Promise<Start | undefined> => {
  const { from } = flow;
  if (from.kind === 'outside') return { node: '', address: from.address ?? anybody, fromNode: false };
  return await startOf(kube, from);
};

/** One node, and the packet of the flow as it comes there. */
export interface Arrival extends FlowNode {
  readonly start: Pick<Start, 'address' | 'fromNode'>;
  readonly address: string;
}

const addressOfNode = async (kube: Reader, node: string) =>
  internalAddress(await kube.get('nodes', { name: node })) ?? '';

/** As the node of the door sees it: what another node sends into its own network carries the address of that node. */
const arrivingAt = async (kube: Reader, start: Start, { node, door }: { node: string; door: Door }) => {
  if (start.node === node && door.loopback) return { address: door.address, fromNode: true };
  if (start.node === node || start.node === '') return { address: start.address, fromNode: start.fromNode };
  return { address: await addressOfNode(kube, start.node), fromNode: false };
};

/**
 * The node whose rules decide, first, and beside it nodes to compare with: each as if its own address were asked for.
 * An address that is no node's is translated where the flow starts.
 * @throws CannotLook where the deciding node cannot be told
 */
export const arrivals = async (
  kube: Reader,
  flow: Towards,
  { door, expected }: Pick<DoorFlow, 'door' | 'expected'>,
): Promise<Arrival[]> => {
  const [start, nodes] = await Promise.all([startOfAny(kube, flow), nodesOfFlow(kube, flow)]);
  const deciding = door.node || start?.node || expected.find(({ node }) => node !== '')?.node;
  if (!start || !deciding) throw new CannotLook('lost', 'It is not known which node takes the packets of this flow.');
  const own = door.node !== '';
  const others = nodes.filter(({ node }) => node !== deciding && !(door.loopback && node === ''));
  const all: FlowNode[] = [
    { node: deciding, role: 'destination' },
    ...others.map(({ node }) => ({ node, role: 'peer' as const })),
  ];
  const found = await Promise.all(
    all.map(async (place) => ({
      ...place,
      start: own ? await arrivingAt(kube, start, { node: place.node, door }) : { ...start },
      address: place.node === deciding || !own ? door.address : await addressOfNode(kube, place.node),
    })),
  );
  return found.filter(({ address, start: { address: from } }) => address !== '' && from !== '');
};
