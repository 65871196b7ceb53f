import { sanitiseJson } from '../../clean/sanitise.js';
import { historySchema } from '../../domain/history.js';

const isText = (value: unknown): value is string => typeof value === 'string';
const isTexts = (value: unknown) => Array.isArray(value) && value.every(isText);
const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const isRule = (value: unknown) =>
  isObject(value) && ['verbs', 'apiGroups', 'resources', 'resourceNames'].every((key) => isTexts(value[key]));

const isRun = (value: unknown) =>
  isObject(value) &&
  isTexts(value.argv) &&
  ['tool', 'stdout', 'stderr'].every((key) => isText(value[key])) &&
  (value.exitCode === null || typeof value.exitCode === 'number') &&
  typeof value.durationMs === 'number';

const forms = new Map<unknown, (value: unknown) => boolean>(
  Object.entries({
    get: (value: unknown) => value === null || isObject(value),
    list: (value: unknown) => Array.isArray(value) && value.every(isObject),
    logs: isText,
    history: (value: unknown) => value === null || historySchema.safeParse(value).success,
    rules: (value: unknown) =>
      isObject(value) &&
      Array.isArray(value.rules) &&
      value.rules.every(isRule) &&
      typeof value.incomplete === 'boolean',
    version: (value: unknown) => isObject(value) && isText(value.gitVersion),
  }),
);

/** The bytes of a blob. JSON writes the lost exit code, NaN, as null. */
export const encodeAnswer = (answer: unknown) => new TextEncoder().encode(JSON.stringify(answer));

/**
 * The answer a blob holds, or `undefined` when it is not the form that the call takes.
 * It is sanitised once more: the file may come from a stranger.
 */
export const decodeAnswer = (bytes: Uint8Array, call: Readonly<Record<string, unknown>>): unknown => {
  const value = parsed(bytes);
  if (value === undefined) return undefined;
  const isRemote = call.port !== 'kube';
  const fits = isRemote ? isRun : forms.get(call.verb);
  if (!fits?.(value)) return undefined;
  const clean = sanitiseJson(value);
  return isRemote && isObject(clean) ? { ...clean, exitCode: clean.exitCode ?? Number.NaN } : clean;
};

const parsed = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
};
