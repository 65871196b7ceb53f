import type { MissingRight } from '../domain/cannot-look.js';
import type { Flow } from '../domain/flow.js';
import { isBeneath, isPluginKind, kinds, type Readable } from '../domain/kinds.js';
import { type PodAccess, rightsOfAccess } from '../domain/pod-access.js';
import { writeRight } from '../domain/rights.js';
import type { AnyStep } from '../domain/step.js';

const splitReadable = (readable: Readable) =>
  isBeneath(readable)
    ? { resource: readable, group: '', namespaced: true }
    : { resource: readable, ...kinds[readable] };

export const namespacesOf = ({ from, to }: Flow): string[] => [
  ...new Set([from, to].flatMap((end) => ('namespace' in end ? [end.namespace] : []))),
];

const unique = (rights: readonly MissingRight[]) => [
  ...new Map(rights.map((right) => [writeRight(right), right])).values(),
];

/**
 * Every right the steps would use in these namespaces, derived from what they declare and from the ways into a Pod.
 * Kinds of plugins stay out, and so does the history of a Prometheus: most clusters have none of them, and who may not
 * read what is not there misses nothing.
 */
export const rightsFor = (
  steps: readonly AnyStep[],
  namespaces: readonly string[],
  ways: readonly PodAccess[] = ['exec'],
): MissingRight[] => {
  const declared = new Set(steps.flatMap((step) => step.reads as Readable[]));
  const reads = [...declared].filter((readable) => !isPluginKind(readable) && readable !== 'services/proxy').sort();
  const rights = reads.flatMap((readable): MissingRight[] => {
    const { resource, group, namespaced } = splitReadable(readable);
    const verbs = isBeneath(readable) ? ['get'] : ['get', 'list'];
    const places = namespaced ? namespaces : [undefined];
    return verbs.flatMap((verb) =>
      places.map((namespace) => ({ verb, resource, group, ...(namespace ? { namespace } : {}) })),
    );
  });
  const execs = steps.some(({ level, runs }) =>
    runs.some(({ where }) => where === 'pod' || (where === 'anywhere' && level === 'probe')),
  );
  const entering = execs ? ways.flatMap((way) => rightsOfAccess[way]) : [];
  return unique([
    ...rights,
    ...entering.flatMap((right) => namespaces.map((namespace) => ({ ...right, group: '', namespace }))),
  ]);
};
