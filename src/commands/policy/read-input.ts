import type { LoadOptions } from '../../policy/load.js';
import type { Io } from '../io.js';
import { modeOfFlag } from './cilium-mode.js';
import type { PolicyOptions } from './options.js';
import { type Resources, readResources } from './resources.js';

export interface Input {
  readonly resources: Resources;
  /** With the namespace that counts where an end names none. */
  readonly options: PolicyOptions;
  /** The namespaces that were read from a cluster; absent for files. */
  readonly live?: readonly string[] | undefined;
}

/** What the flags say of how policies are read. */
export const loadingOf = (options: PolicyOptions): LoadOptions => ({
  namespace: options.namespace,
  engine: options.engine ?? 'kubernetes',
  enforcement: modeOfFlag(options),
});

/** What the flags name: files, or where they name none the cluster. */
export const readInput = async (options: PolicyOptions, io: Io): Promise<Input> => {
  if (!options.resources) return (await import('./read-cluster.js')).readCluster(options, io);
  return { options, resources: await readResources(options.resources, io, loadingOf(options)) };
};
