import { isObject, type JsonObject } from '../domain/json.js';
import { type ChangeableKind, changeable } from './change.js';

/** The paths of a patch down to `depth` keys: `spec.replicas`, `metadata.labels`. */
const paths = (patch: JsonObject, depth: number, above = ''): string[] =>
  Object.entries(patch).flatMap(([key, value]) => {
    const path = `${above}${key}`;
    return depth > 1 && isObject(value) && Object.keys(value).length > 0 ? paths(value, depth - 1, `${path}.`) : [path];
  });

/** Whether a patch touches at least one field, and only fields that a change of this kind may touch. */
export const touchesOnlyItsFields = (kind: ChangeableKind, patch: JsonObject): boolean => {
  const allowed: readonly string[] = changeable[kind].fields;
  const touched = paths(patch, 2);
  return (
    touched.length > 0 && touched.every((path) => allowed.some((one) => path === one || path.startsWith(`${one}.`)))
  );
};
