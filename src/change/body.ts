import type { Undo } from '../domain/fix.js';
import { isObject, type JsonObject } from '../domain/json.js';
import type { Change } from './change.js';
import { diffLines } from './diff-lines.js';
import { mergeDifference, merged, touchedBy } from './merge.js';

const part = (object: JsonObject | undefined, key: string): JsonObject => {
  const value = object?.[key];
  return isObject(value) ? value : {};
};

/** What a change can touch at all: neither the status nor what the server keeps about the object. */
export const told = (object: JsonObject): JsonObject => {
  const { labels, annotations } = part(object, 'metadata');
  const metadata = { ...(labels && { labels }), ...(annotations && { annotations }) };
  const kept = Object.fromEntries(Object.entries(object).filter(([key]) => key === 'spec' || key === 'data'));
  return { metadata, ...kept };
};

/** The merge patch that sends an object from what it is to what the change wants. */
export const patchFor = (change: Exclude<Change, { do: 'delete-pod' }>, before: JsonObject): JsonObject => {
  if (change.do === 'patch') return change.patch;
  if (change.do === 'select') {
    const old = Object.keys(part(part(before, 'spec'), 'selector')).map((key) => [key, null] as const);
    return { spec: { selector: { ...Object.fromEntries(old), ...change.labels } } };
  }
  const labels = part(part(change.manifest, 'metadata'), 'labels');
  const spec = mergeDifference(part(before, 'spec'), part(change.manifest, 'spec'));
  return {
    ...(Object.keys(labels).length > 0 && { metadata: { labels } }),
    ...(Object.keys(spec).length > 0 && { spec }),
  };
};

const isEmpty = (patch: JsonObject): boolean =>
  Object.values(patch).every((value) => isObject(value) && isEmpty(value)) || Object.keys(patch).length === 0;

/** The way back from `after` to `before`: the touched fields and no others. Undefined where nothing differs. */
export const undoOf = (
  object: Undo['object'],
  before: JsonObject,
  after: JsonObject,
): Extract<Undo, { do: 'patch' }> | undefined => {
  const patch = mergeDifference(told(after), told(before));
  return isEmpty(patch) ? undefined : { do: 'patch', object, patch, expected: touchedBy(patch, told(after)) };
};

/** The touched fields before and after, as lines of YAML. */
export const changedLines = ({ patch, expected }: Pick<Extract<Undo, { do: 'patch' }>, 'patch' | 'expected'>) =>
  diffLines(merged(expected, patch), expected);

/** The way back as the line that a person would run; nothing where a controller has made the object anew. */
export const undoLine = (undo: Undo): string | null => {
  const { kind, namespace, name } = undo.object;
  const place = namespace === undefined ? '' : `-n ${namespace} `;
  if (undo.do === 'nothing') return null;
  if (undo.do === 'delete') return `kubectl ${place}delete ${kind} ${name}`;
  const body = JSON.stringify(undo.patch).replaceAll("'", String.raw`'\''`);
  return `kubectl ${place}patch ${kind} ${name} --type merge -p '${body}'`;
};

/** The line that shows the object as it is now. */
export const lookLine = ({ kind, namespace, name }: Undo['object']) =>
  `kubectl ${namespace === undefined ? '' : `-n ${namespace} `}get ${kind} ${name} -o yaml`;
