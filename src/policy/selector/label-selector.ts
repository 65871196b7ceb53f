import type { Labels } from '../../domain/selector.js';
import { child, complain, type Field, itemsOf, knowOnly, labelsOf, objectOf, textOf, wordOf } from '../read/field.js';

export type Select = (labels: Labels) => boolean;

const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;
type Operator = (typeof operators)[number];

const name = /^([A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?)$/;
const prefix = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

const isKey = (text: string) => {
  const [first = '', second, ...more] = text.split('/');
  if (more.length > 0) return false;
  return second === undefined ? name.test(first) : prefix.test(first) && first.length <= 253 && name.test(second);
};

const isValue = (text: string) => text === '' || name.test(text);

const checkPair = (field: Field, key: string, values: readonly string[]) => {
  if (!isKey(key)) complain(field, `"${key}" cannot be the key of a label`);
  for (const value of values) if (!isValue(value)) complain(field, `"${value}" cannot be the value of a label`);
};

/** A label that is missing satisfies `NotIn`, not only `DoesNotExist`. */
const tests: Record<Operator, (value: string | undefined, values: ReadonlySet<string>) => boolean> = {
  In: (value, values) => value !== undefined && values.has(value),
  NotIn: (value, values) => value === undefined || !values.has(value),
  Exists: (value) => value !== undefined,
  DoesNotExist: (value) => value === undefined,
};

const valuesOf = (field: Field) => (itemsOf(child(field, 'values')) ?? []).flatMap((item) => textOf(item) ?? []);

const checkValues = (field: Field, operator: Operator, values: readonly string[]) => {
  const wants = operator === 'In' || operator === 'NotIn';
  if (wants && values.length === 0) complain(child(field, 'values'), `${operator} needs a value`);
  if (!wants && values.length > 0) complain(child(field, 'values'), `${operator} takes no value`);
};

const readRequirement = (field: Field): Select => {
  knowOnly(field, 'key', 'operator', 'values');
  const key = textOf(child(field, 'key'));
  const operator = wordOf(child(field, 'operator'), operators);
  const values = valuesOf(field);
  if (key === undefined) complain(child(field, 'key'), 'a key is missing');
  if (operator === undefined) complain(child(field, 'operator'), `an operator is missing: ${operators.join(', ')}`);
  if (key === undefined || operator === undefined) return () => false;
  checkPair(child(field, 'key'), key, values);
  checkValues(field, operator, values);
  const set = new Set(values);
  return (labels) => tests[operator](Object.hasOwn(labels, key) ? labels[key] : undefined, set);
};

/** `matchLabels` and every expression have to hold; an empty selector selects everything. */
export const readSelector = (field: Field): Select => {
  objectOf(field);
  knowOnly(field, 'matchLabels', 'matchExpressions');
  const pairs = Object.entries(labelsOf(child(field, 'matchLabels')));
  for (const [key, value] of pairs) checkPair(child(child(field, 'matchLabels'), key), key, [value]);
  const expressions = (itemsOf(child(field, 'matchExpressions')) ?? []).map(readRequirement);
  return (labels) =>
    pairs.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value) &&
    expressions.every((test) => test(labels));
};
