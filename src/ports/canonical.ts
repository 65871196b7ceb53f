import { createHash } from 'node:crypto';
import { canonicalJson } from '../domain/canonical.js';
import type { Call } from '../domain/ports.js';

const isEmpty = (value: unknown) =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0;

/** A selector without terms selects everything, as an absent one does, so both are the same call. */
const withoutEmptySelectors = (call: Call): Call => {
  if (call.port !== 'kube' || call.verb !== 'list') return call;
  const { labels, fields, ...rest } = call;
  return { ...rest, ...(isEmpty(labels) ? {} : { labels }), ...(isEmpty(fields) ? {} : { fields }) };
};

/** The one text of a call, whatever order its fields were written in. Two calls with the same key ask the same. */
export const callKey = (call: Call) => canonicalJson(withoutEmptySelectors(call));

/** Lower-case hex. */
export const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex');
