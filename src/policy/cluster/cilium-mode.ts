import { CannotLook } from '../../domain/cannot-look.js';
import type { JsonObject } from '../../domain/json.js';
import { firstServed } from '../../domain/not-served.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { asManifest } from '../../domain/policy-objects.js';
import { configMap, type Enforcement } from '../cilium/enforcement.js';

export const modeKindsRead = ['configmaps', 'ciliumnodeconfigs.cilium.io'] as const;
export type ModeReader = ObjectReader<(typeof modeKindsRead)[number]>;

/** What the agents of Cilium are told: objects that say so, or that nobody could look. */
export interface ToldAgents {
  readonly objects: readonly JsonObject[];
  readonly enforcement?: Enforcement;
}

export const nobodyTold: ToldAgents = { objects: [] };

const source = `${configMap.kind} ${configMap.namespace}/${configMap.name}`;
// Where it is kept elsewhere, no mode is assumed either.
const unread: ToldAgents = {
  objects: [],
  enforcement: { ...configMap, mode: undefined, place: { source, document: 0, path: [] } },
};

/** How a cluster has Cilium enforce policies. */
export const toldAgents = async (kube: ModeReader): Promise<ToldAgents> => {
  const { namespace } = configMap;
  try {
    const [whole, ofNodes = []] = await Promise.all([
      kube.get('configmaps', configMap),
      firstServed([() => kube.list('ciliumnodeconfigs.cilium.io', { namespace })]),
    ]);
    if (!whole) return unread;
    const configs = ofNodes.map((one) => asManifest('cilium.io/v2', 'CiliumNodeConfig', one));
    return { objects: [asManifest('v1', configMap.kind, whole), ...configs] };
  } catch (error) {
    if (error instanceof CannotLook) return unread;
    throw error;
  }
};
