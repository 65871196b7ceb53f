import { CannotLook } from '../../domain/cannot-look.js';
import type { JsonObject } from '../../domain/json.js';
import type { PodRef } from '../../domain/ports.js';

/** A container of a pod, known by name. */
export interface Place extends PodRef {
  readonly container: string;
}

export const placeKey = ({ namespace, name, container }: Place) => `${namespace}/${name}/${container}`;

interface PodShape {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec?: { readonly containers?: readonly { readonly name: string }[] };
}

/** The container that kubectl would take: the annotated one where it exists, else the first. */
export const defaultContainer = (pod: JsonObject): string | undefined => {
  const { metadata, spec } = pod as PodShape;
  const containers = spec?.containers ?? [];
  const wanted = metadata?.annotations?.['kubectl.kubernetes.io/default-container'];
  return containers.find(({ name }) => name === wanted)?.name ?? containers[0]?.name;
};

/** Finds the container that is meant where none is named; a pod is read once. */
export const createPlaces = (getPod: (ref: PodRef, signal: AbortSignal) => Promise<JsonObject | null>) => {
  const known = new Map<string, string>();
  return async (ref: PodRef, signal: AbortSignal): Promise<Place> => {
    const key = `${ref.namespace}/${ref.name}`;
    const container = ref.container ?? known.get(key);
    if (container !== undefined) return { ...ref, container };
    const pod = await getPod(ref, signal);
    if (pod === null) throw new CannotLook('lost', `Pod ${key} does not exist.`);
    const found = defaultContainer(pod);
    if (found === undefined) throw new CannotLook('lost', `Pod ${key} has no container.`);
    known.set(key, found);
    return { ...ref, container: found };
  };
};
