import { isIPv4 } from 'node:net';
import type { EndOf } from '../../domain/flow.js';
import { ifReadable } from '../../domain/if-readable.js';
import { internalAddress } from '../../domain/node-address.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import type { RunPort } from '../../domain/ports.js';
import { isAddress } from '../../parse/addresses.js';
import { ipLinks } from '../links/ip-links.js';
import { ipRoutes } from '../links/ip-routes.js';
import { type Start, startOf } from './first-packet.js';

export const endQueries = [ipLinks, ipRoutes] as const;

interface Places {
  readonly kube: ObjectReader<'pods' | 'nodes'>;
  node(name: string): RunPort<(typeof endQueries)[number]>;
}

/** What a node says of itself: the address of the device that its default route leaves by. */
const ownAddress = async (node: RunPort<(typeof endQueries)[number]>) => {
  const [devices, table] = await Promise.all([node.run(ipLinks, {}), node.run(ipRoutes, {})]);
  const uplink = table.rows.find(({ to, table: name }) => to === 'default' && name === 'main')?.dev;
  return devices.rows.find(({ name }) => name === uplink)?.addresses.find(({ address }) => isIPv4(address))?.address;
};

/** The address of a Node by its name, its address, the API, or the Node itself: the API may be what is broken. */
export const addressOfNode = async ({ kube, node }: Places, name: string): Promise<string | undefined> => {
  if (isAddress(name)) return name;
  const object = await ifReadable(kube.get('nodes', { name }));
  return internalAddress(object) ?? (await ifReadable(ownAddress(node(name))));
};

/** Where packets to this end are sent; undefined where nobody tells. */
export const addressOfEnd = (places: Places, to: EndOf<'ip'> | EndOf<'node'>): Promise<string | undefined> =>
  to.kind === 'ip' ? Promise.resolve(to.address) : addressOfNode(places, to.name);

/** Like `startOf`, but a Node needs no API to say where it is. */
export const startOfFlow = async (places: Places, from: EndOf<'pod'> | EndOf<'node'>): Promise<Start | undefined> => {
  if (from.kind === 'pod') return await startOf(places.kube, from);
  const address = await addressOfNode(places, from.name);
  return { node: from.name, address: address ?? '', fromNode: true };
};
