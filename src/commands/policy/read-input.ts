import type { Engine } from '../../policy/inventory/inventory.js';
import type { Io } from '../io.js';
import type { PolicyOptions } from './options.js';
import { type Resources, readResources } from './resources.js';

export interface Input {
  readonly resources: Resources;
  /** With the namespace that counts where an end names none. */
  readonly options: PolicyOptions;
  /** The namespaces that were read from a cluster; absent for files. */
  readonly live?: readonly string[] | undefined;
}

export const engineOf = ({ engine }: Pick<PolicyOptions, 'engine'>): Engine['name'] => engine ?? 'kubernetes';

/** What the flags name: files, or where they name none the cluster. */
export const readInput = async (options: PolicyOptions, io: Io): Promise<Input> => {
  if (!options.resources) return (await import('./read-cluster.js')).readCluster(options, io);
  const about = { namespace: options.namespace, engine: engineOf(options) };
  return { options, resources: await readResources(options.resources, io, about) };
};
