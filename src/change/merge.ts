import type { Json, JsonObject } from '../domain/json.js';

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
};

/** Whether two values say the same, whatever the order of their keys. */
export const isSame = (left: unknown, right: unknown) => JSON.stringify(sorted(left)) === JSON.stringify(sorted(right));

/** The JSON merge patch (RFC 7386) that makes `to` out of `from`; lists are replaced whole. Empty where both are the same. */
export const mergeDifference = (from: JsonObject, to: JsonObject): JsonObject => {
  const patch: JsonObject = {};
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const [old, now] = [from[key], to[key]];
    if (now === undefined) patch[key] = null;
    else if (isObject(old) && isObject(now)) {
      const inner = mergeDifference(old, now);
      if (Object.keys(inner).length > 0) patch[key] = inner;
    } else if (!isSame(old, now)) patch[key] = now;
  }
  return patch;
};

/** The fields of `whole` that a merge patch speaks of; one that is not there stays away. */
export const touchedBy = (patch: JsonObject, whole: JsonObject): JsonObject => {
  const seen: JsonObject = {};
  for (const [key, value] of Object.entries(patch)) {
    const now: Json | undefined = Object.hasOwn(whole, key) ? whole[key] : undefined;
    if (now === undefined) continue;
    seen[key] = isObject(value) && isObject(now) ? touchedBy(value, now) : now;
  }
  return seen;
};

/** What a merge patch makes of an object. */
export const merged = (whole: JsonObject, patch: JsonObject): JsonObject => {
  const result: JsonObject = { ...whole };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else {
      const now = result[key];
      result[key] = isObject(value) ? merged(isObject(now) ? now : {}, value) : value;
    }
  }
  return result;
};
