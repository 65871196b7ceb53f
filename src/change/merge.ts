import { isDeepStrictEqual } from 'node:util';
import { isObject, type Json, type JsonObject } from '../domain/json.js';

/** Whether two values say the same, whatever the order of their keys. */
export const isSame: (left: unknown, right: unknown) => boolean = isDeepStrictEqual;

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
