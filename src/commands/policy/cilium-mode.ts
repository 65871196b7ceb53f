import { CannotLook } from '../../domain/cannot-look.js';
import type { World } from '../../domain/ports.js';
import { configMap, type Enforcement, modeKey, readMode } from '../../policy/cilium/enforcement.js';
import { objectReader } from '../../ports/object-reader.js';
import type { PolicyOptions } from './options.js';

const place = (source: string) => ({ source, document: 0, path: [] });

/** What `--cilium-policy` says. */
export const modeOfFlag = ({ ciliumPolicy }: Pick<PolicyOptions, 'ciliumPolicy'>): Enforcement | undefined =>
  ciliumPolicy && {
    ...{ kind: '--cilium-policy', namespace: '', name: ciliumPolicy },
    ...{ mode: ciliumPolicy, place: place('--cilium-policy') },
  };

/** What the agents of a cluster are told. Where that cannot be read, or is kept elsewhere, no mode is assumed. */
export const modeOfCluster = async (world: Pick<World, 'ask'>, signal: AbortSignal): Promise<Enforcement> => {
  const told = (mode: Enforcement['mode']) => ({
    ...configMap,
    mode,
    place: place(`${configMap.kind} ${configMap.namespace}/${configMap.name}`),
  });
  try {
    const found = await objectReader((call) => world.ask(call, signal)).get('configmaps', configMap);
    return told(found?.data && readMode(found.data[modeKey]));
  } catch (error) {
    if (error instanceof CannotLook) return told(undefined);
    throw error;
  }
};
