import { doubt } from '../model/match.js';
import { child, complain, type Field, isAbsent, itemsOf, textOf } from '../read/field.js';
import type { Blocks } from './cidr.js';

const name = /^[-a-zA-Z0-9_.]+$/;
const pattern = /^[-a-zA-Z0-9_.*]+$/;

const readOne = (field: Field): string => {
  const [exact, loose] = [child(field, 'matchName'), child(field, 'matchPattern')];
  if (isAbsent(exact) && isAbsent(loose)) complain(field, 'write matchName or matchPattern');
  const [text, shape] = isAbsent(exact) ? [loose, pattern] : [exact, name];
  const value = textOf(text) ?? '';
  if (value && !shape.test(value)) complain(text, `"${value}" has signs that are in no domain name`);
  return value;
};

/** Whatever the DNS proxy has seen for a name; these addresses are outside, as those of a CIDR. */
export const readNames = (field: Field): Blocks[] => {
  const names = (itemsOf(field) ?? []).map(readOne);
  if (names.length === 0) return [];
  return [
    { matches: ({ kind }) => kind === 'outside' && doubt('domain-name', { names: names.join(', ') }), ranges: [] },
  ];
};
