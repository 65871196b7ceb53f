import { CannotLook } from '../../domain/cannot-look.js';
import type { JsonObject } from '../../domain/json.js';
import type { PodRef } from '../../domain/ports.js';
import { abortable } from '../abortable.js';

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

const containerOf = async (ref: PodRef, getPod: GetPod) => {
  const pod = await getPod(ref);
  const container = pod === null ? undefined : defaultContainer(pod);
  if (container !== undefined) return container;
  const lacks = pod === null ? 'does not exist' : 'has no container';
  throw new CannotLook('lost', `Pod ${ref.namespace}/${ref.name} ${lacks}.`);
};

type GetPod = (ref: PodRef) => Promise<JsonObject | null>;

/** Finds the container that is meant where none is named. A pod is read once, also for many that ask together. */
export const createPlaces = (getPod: GetPod) => {
  const known = new Map<string, Promise<string>>();
  const lookUp = (ref: PodRef) => {
    const key = `${ref.namespace}/${ref.name}`;
    const held = known.get(key);
    if (held) return held;
    const looking = containerOf(ref, getPod);
    known.set(key, looking);
    looking.catch(() => known.delete(key));
    return looking;
  };
  return async (ref: PodRef, signal: AbortSignal): Promise<Place> => ({
    ...ref,
    container: ref.container ?? (await abortable(lookUp(ref), signal)),
  });
};
