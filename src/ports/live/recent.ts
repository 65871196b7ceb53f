import { CannotLook } from '../../domain/cannot-look.js';
import type { JsonObject } from '../../domain/json.js';
import { callKey } from '../canonical.js';
import { isRefused } from './api-unavailable.js';
import type { Kube, KubeCall } from './kube.js';

type GetCall = Extract<KubeCall, { verb: 'get' }>;
type ListCall = Extract<KubeCall, { verb: 'list' }>;

/** In milliseconds. A cache above may add as much as a refusal may last to the age of an object, and nothing to a refusal. */
const youngFor = { object: 15_000, refusal: 30_000 };

// What a list holds lacks the two words that an object by itself has.
const words: Readonly<Record<string, string>> = { nodes: 'Node', pods: 'Pod', services: 'Service' };

interface Read<T> {
  readonly value: T;
  readonly askedAt: number;
}

/** The younger of two, whichever ends first. */
const keep = <T>(memory: Map<string, Read<T>>, key: string, read: Read<T>) => {
  if ((memory.get(key)?.askedAt ?? Number.NEGATIVE_INFINITY) <= read.askedAt) memory.set(key, read);
};

const nameIn = ({ metadata }: JsonObject) => metadata as { name?: string; namespace?: string } | undefined;
const keyOf = (kind: string, { name = '', namespace = '' }: { name?: string; namespace?: string | undefined }) =>
  `${kind} ${namespace} ${name}`;

/** Nobody's rights grow while an answer is young, and a kind is not installed meanwhile. */
const isSettled = (error: unknown): error is CannotLook =>
  isRefused(error) || (error instanceof CannotLook && error.code === 'not-served');

export interface Recent {
  get(call: GetCall, signal: AbortSignal, fresh?: boolean): Promise<JsonObject | null>;
  list(call: ListCall, signal: AbortSignal, fresh?: boolean): Promise<JsonObject[]>;
}

/**
 * Does not ask again what it was just told: an object that a list held is not read by its name, and a refusal stays
 * one. It lies below every recording, which so holds all the same what a step asked for.
 */
export const createRecent = ({ get, list }: Pick<Kube, 'get' | 'list'>, now: () => number): Recent => {
  const objects = new Map<string, Read<JsonObject>>();
  const refusals = new Map<string, Read<CannotLook>>();

  const young = <T>(memory: Map<string, Read<T>>, key: string, age: number): T | undefined => {
    const read = memory.get(key);
    return read && now() - read.askedAt < age ? read.value : undefined;
  };

  const unlessRefused = async <T>(call: GetCall | ListCall, fresh: boolean, ask: () => Promise<T>): Promise<T> => {
    const key = callKey(call);
    const refused = fresh ? undefined : young(refusals, key, youngFor.refusal);
    if (refused) throw refused;
    const askedAt = now();
    try {
      return await ask();
    } catch (error) {
      if (isSettled(error)) keep(refusals, key, { value: error, askedAt });
      throw error;
    }
  };

  return {
    async get(call, signal, fresh = false) {
      const key = keyOf(call.kind, call);
      const known = fresh ? undefined : young(objects, key, youngFor.object);
      if (known) return known;
      const askedAt = now();
      const found = await unlessRefused(call, fresh, () => get(call, signal));
      if (found === null) objects.delete(key);
      else if (words[call.kind]) keep(objects, key, { value: found, askedAt });
      return found;
    },

    async list(call, signal, fresh = false) {
      const askedAt = now();
      const found = await unlessRefused(call, fresh, () => list(call, signal));
      const kind = words[call.kind];
      for (const item of kind ? found : []) {
        const value = { apiVersion: 'v1', kind: kind ?? '', ...item };
        keep(objects, keyOf(call.kind, nameIn(item) ?? {}), { value, askedAt });
      }
      return found;
    },
  };
};
