import { complain, type Field, isAbsent } from '../read/field.js';

/** Any number, fractions too. Whoever has none comes last. */
export const readOrder = (field: Field): number => {
  if (isAbsent(field)) return Number.POSITIVE_INFINITY;
  if (typeof field.value === 'number' && Number.isFinite(field.value)) return field.value;
  complain(field, 'expected a number');
  return Number.POSITIVE_INFINITY;
};
