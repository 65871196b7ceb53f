import type { FieldPath, Place, Problem } from './place.js';

/** A value somewhere in a document, and a way to say what is wrong with it. */
export interface Field {
  readonly value: unknown;
  readonly path: FieldPath;
  readonly complain: (message: string, path: FieldPath, severity?: Problem['severity']) => void;
}

export const rootField = (value: unknown, place: Place, problems: Problem[]): Field => ({
  value,
  path: place.path,
  complain: (message, path, severity = 'error') => problems.push({ severity, message, place: { ...place, path } }),
});

export const complain = ({ complain: tell, path }: Field, message: string): void => tell(message, path);
export const warn = ({ complain: tell, path }: Field, message: string): void => tell(message, path, 'warning');

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const child = ({ value, path, complain: tell }: Field, key: string | number): Field => ({
  value: isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined,
  path: [...path, key],
  complain: tell,
});

export const descend = (field: Field, ...keys: string[]): Field => keys.reduce(child, field);

/** The API server takes null for absent. */
export const isAbsent = ({ value }: Field): boolean => value === undefined || value === null;

const typed = <T>(field: Field, what: string, is: (value: unknown) => value is T): T | undefined => {
  if (isAbsent(field)) return undefined;
  if (is(field.value)) return field.value;
  complain(field, `expected ${what}`);
  return undefined;
};

export const textOf = (field: Field): string | undefined =>
  typed(field, 'a text', (value) => typeof value === 'string');
export const numberOf = (field: Field): number | undefined =>
  typed(field, 'a whole number', (value): value is number => Number.isInteger(value));
export const truthOf = (field: Field): boolean | undefined =>
  typed(field, 'true or false', (value) => typeof value === 'boolean');
export const objectOf = (field: Field): Record<string, unknown> | undefined => typed(field, 'an object', isObject);

/** Nothing where the list is absent, which is not the same everywhere as an empty one. */
export const itemsOf = (field: Field): Field[] | undefined =>
  typed(field, 'a list', (value): value is unknown[] => Array.isArray(value))?.map((value, index) => ({
    value,
    path: [...field.path, index],
    complain: field.complain,
  }));

/** One of some words. Another is a problem. */
export const wordOf = <T extends string>(field: Field, words: readonly T[]): T | undefined => {
  const text = textOf(field);
  if (text === undefined) return undefined;
  const found = words.find((word) => word === text);
  if (found === undefined) complain(field, `"${text}" is not one of ${words.join(', ')}`);
  return found;
};

export const labelsOf = (field: Field): Record<string, string> => {
  const labels = Object.entries(objectOf(field) ?? {}).flatMap(([key, value]) => {
    if (typeof value === 'string') return [[key, value] as const];
    complain(child(field, key), 'expected a text: put the value in quotes');
    return [];
  });
  return Object.fromEntries(labels);
};

/** A field that nobody knows is dropped by the API server, which can turn a narrow rule into a wide one. */
export const knowOnly = (field: Field, ...keys: string[]): void => {
  for (const key of Object.keys(objectOf(field) ?? {}))
    if (!keys.includes(key)) warn(child(field, key), 'nobody knows this field, it has no effect');
};
