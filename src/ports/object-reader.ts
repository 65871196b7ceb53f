import type { Kind } from '../domain/kinds.js';
import type { ObjectReader } from '../domain/object-reader.js';
import type { AnswerTo, Call, Scope } from '../domain/ports.js';

export type Asker = <C extends Call>(call: C) => Promise<AnswerTo<C>>;

/** The generic methods of a reader answer with typed objects; the world answers with plain JSON. */
export const objectReader = (ask: Asker): ObjectReader<Kind> => {
  const reader = {
    get: async (kind: Kind, { namespace, name }: { namespace?: string; name: string }) =>
      (await ask({ port: 'kube', verb: 'get', kind, namespace, name })) ?? undefined,
    list: (kind: Kind, { namespace, labels, fields, limit }: Scope) =>
      ask({ port: 'kube', verb: 'list', kind, namespace, labels, fields, limit }),
  };
  return reader as unknown as ObjectReader<Kind>;
};
