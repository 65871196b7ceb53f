import type { JsonObject } from '../../../domain/json.js';
import type { Call } from '../../../domain/ports.js';
import { madeLabel, ourPrefix } from '../our-changes.js';

interface Labelled {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
}
interface Slice {
  readonly endpoints?: readonly { readonly targetRef?: { readonly kind?: string; readonly name?: string } }[];
}

const isOurs = (pod: JsonObject) => (pod as Labelled).metadata?.labels?.[madeLabel] !== undefined;

const withoutOurs = (slice: JsonObject): JsonObject => {
  const { endpoints } = slice as Slice;
  const isOther = ({ targetRef }: NonNullable<Slice['endpoints']>[number]) =>
    targetRef?.kind !== 'Pod' || !targetRef.name?.startsWith(ourPrefix);
  return endpoints?.every(isOther) === false
    ? { ...slice, endpoints: endpoints.filter(isOther) as unknown as JsonObject[] }
    : slice;
};

/**
 * A list without what this program has put there itself, in this session or another: a probe pod has the labels of
 * the source, and would pass for an unready Pod of its workload and of every Service that selects it.
 */
export const notOurs = (kind: Extract<Call, { verb: 'list' }>['kind'], items: JsonObject[]): JsonObject[] => {
  if (kind === 'pods') return items.filter((pod) => !isOurs(pod));
  return kind === 'endpointslices' ? items.map(withoutOurs) : items;
};
