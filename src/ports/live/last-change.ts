import { z } from 'zod';
import { isObject, type Json, type JsonObject } from '../../domain/json.js';

// The status is written all the time, by those who report it: only a change of what is wanted counts.
const entrySchema = z.looseObject({ manager: z.string(), time: z.iso.datetime(), subresource: z.never().optional() });

const newest = (entries: readonly Json[]) =>
  entries
    .flatMap((entry) => entrySchema.safeParse(entry).data ?? [])
    .toSorted((one, other) => Date.parse(other.time) - Date.parse(one.time))[0];

/** Of `managedFields`, half of the bytes of most objects, only who changed it last, and when. */
export const withLastChange = (item: JsonObject): JsonObject => {
  const { metadata } = item;
  if (!isObject(metadata) || !Array.isArray(metadata.managedFields)) return item;
  const { managedFields, ...kept } = metadata;
  const last = newest(managedFields as Json[]);
  const change = last && { managedFields: [{ manager: last.manager, time: last.time }] };
  return { ...item, metadata: { ...kept, ...change } };
};
