import { child, type Field, objectOf, warn } from './field.js';

/** Fields that nobody here knows: what they mean cannot be said, so what they stand in cannot be judged for sure. */
export const unknownFields = (field: Field, ...known: readonly string[]): string[] => {
  const unknown = Object.keys(objectOf(field) ?? {}).filter((key) => !known.includes(key));
  for (const key of unknown)
    warn(child(field, key), 'this field is not understood, so what it stands in is not judged');
  return unknown;
};
