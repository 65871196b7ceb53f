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

export interface Places {
  /** The container that is meant where none is named. A pod is read once, also for many that ask together. */
  placeOf(ref: PodRef, signal: AbortSignal): Promise<Place>;
  /** A pod that is being read anyway: whoever asks for its place meanwhile need not read it again. */
  learn(ref: PodRef, reading: Promise<JsonObject | null>): void;
}

const keyOf = ({ namespace, name }: PodRef) => `${namespace}/${name}`;

export const createPlaces = (getPod: GetPod): Places => {
  const known = new Map<string, Promise<string>>();
  const read = new Map<string, Promise<JsonObject | null>>();
  const lookUp = (ref: PodRef) => {
    const key = keyOf(ref);
    const held = known.get(key);
    if (held) return held;
    // Who reads it may give up for a reason of its own.
    const looking = containerOf(ref, () => read.get(key)?.catch(() => getPod(ref)) ?? getPod(ref));
    known.set(key, looking);
    looking.catch(() => {
      known.delete(key);
      read.delete(key);
    });
    return looking;
  };
  return {
    placeOf: async (ref, signal) => ({
      ...ref,
      container: ref.container ?? (await abortable(lookUp(ref), signal)),
    }),
    learn(ref, reading) {
      const key = keyOf(ref);
      if (known.has(key)) return;
      read.set(key, reading);
      // Kept only while it may be of use: a pod that does not exist may exist a moment later.
      reading.then(
        (pod) => pod === null && read.delete(key),
        () => read.delete(key),
      );
    },
  };
};
