import { CannotLook } from '../domain/cannot-look.js';
import type { Kind, KubeObject } from '../domain/kinds.js';
import type { ObjectReader } from '../domain/object-reader.js';
import { everyNamespace } from '../domain/ports.js';
import { otherNamespaces, type Sharing } from '../domain/sharing.js';

export const sharedKinds = [
  'pods',
  'services',
  'ingresses',
  'networkpolicies',
  'httproutes.gateway.networking.k8s.io',
] as const satisfies readonly Kind[];
export type SharedKind = (typeof sharedKinds)[number];
export type Reader = ObjectReader<SharedKind>;

export type Pod = KubeObject<'pods'>;
export type Service = KubeObject<'services'>;
export type Ingress = KubeObject<'ingresses'>;
export type Route = KubeObject<'httproutes.gateway.networking.k8s.io'>;

type Unseen = Sharing['unseen'][number];

/** What one LIST told; nothing is known of what it left out. */
export interface Reading<T> {
  readonly items: readonly T[];
  /** It ended at its limit. */
  readonly more: boolean;
  readonly unseen: readonly Unseen[];
}

/** What the lists say that were read for a hop. A kind that does not matter to it is absent. */
export interface Found {
  readonly at: readonly string[];
  readonly pods?: Reading<Pod>;
  readonly services?: Reading<Service>;
  readonly ingresses?: Reading<Ingress>;
  readonly routes?: Reading<Route>;
}

export const unasked = (kind: Unseen['kind'], where: string): Reading<never> => ({
  items: [],
  more: false,
  unseen: [{ kind, where, code: 'not-asked' }],
});

/** A question that would cost more than it is worth; nothing was sent. */
export class NotAsked extends Error {
  override readonly name = 'NotAsked';
}

/** Why nothing was seen. Whatever else was thrown is a bug of ours. */
export const whyUnseen = (error: unknown): Unseen['code'] => {
  if (error instanceof NotAsked) return 'not-asked';
  if (error instanceof CannotLook) return error.code;
  throw error;
};

/** A list, or why there is none. What the API server does not know, nobody can have made there. */
export const reading = async <T>(
  asked: Promise<readonly T[]>,
  { kind, where, limit }: Pick<Unseen, 'kind' | 'where'> & { readonly limit?: number },
): Promise<Reading<T>> => {
  try {
    const items = await asked;
    return { items, more: limit !== undefined && items.length >= limit, unseen: [] };
  } catch (error) {
    const code = whyUnseen(error);
    return { items: [], more: false, unseen: code === 'not-served' ? [] : [{ kind, where, code }] };
  }
};

export const together = <T>(readings: readonly Reading<T>[]): Reading<T> => ({
  items: readings.flatMap(({ items }) => items),
  more: readings.some(({ more }) => more),
  unseen: readings.flatMap(({ unseen }) => unseen),
});

/** Of the whole cluster in one list; where that is denied, of these Namespaces, and the others are said not to be seen. */
export const everywhereOr = async <T>(
  namespaces: readonly string[],
  read: (where: string) => Promise<Reading<T>>,
): Promise<Reading<T>> => {
  const all = await read(everyNamespace);
  if (all.unseen.length === 0) return all;
  const some = await Promise.all(namespaces.map(read));
  if (some.every(({ unseen }) => unseen.length > 0)) return all;
  return together([...some, { ...all, unseen: all.unseen.map((one) => ({ ...one, where: otherNamespaces })) }]);
};
