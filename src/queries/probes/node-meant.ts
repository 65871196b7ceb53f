import type { KubeObject } from '../../domain/kinds.js';
import { mostNodes } from '../../domain/node-address.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { isAddress } from '../../parse/addresses.js';

/** A Node that is given by an address is one of those that say they have it. */
export const nodeMeant = async (
  kube: ObjectReader<'nodes'>,
  name: string,
): Promise<KubeObject<'nodes'> | undefined> => {
  if (!isAddress(name)) return await kube.get('nodes', { name });
  const nodes = await kube.list('nodes', { limit: mostNodes });
  return nodes.find(({ status }) => status?.addresses?.some(({ address }) => address === name));
};
