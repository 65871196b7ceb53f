import { complain, type Field, textOf } from '../../read/field.js';
import { type Lookup, parseSelector, type Words } from './parse.js';

export type Select = (labels: Lookup, words?: Words) => boolean;

const nothing: Select = () => false;

/** Absent and empty are the same, and not what an empty selector would say: nothing was asked. */
const read = (field: Field, wrongOf: (usesGlobal: boolean, text: string) => string | undefined): Select | undefined => {
  const text = textOf(field);
  if (text === undefined || text === '') return undefined;
  const found = parseSelector(text);
  if ('error' in found) {
    complain(field, `cannot be read as a selector: ${found.error}`);
    return nothing;
  }
  const wrong = wrongOf(found.usesGlobal, text);
  if (wrong) complain(field, wrong);
  return found.selects;
};

export const readSelector = (field: Field): Select | undefined =>
  read(field, (usesGlobal) => (usesGlobal ? 'global() goes into the namespaceSelector of a rule only' : undefined));

/** `global()` stands alone, or not at all (validator.go, validateEntityRule). */
export const readNamespaceSelector = (field: Field): Select | undefined =>
  read(field, (usesGlobal, text) =>
    usesGlobal && !/^\s*global\(\s*\)\s*$/.test(text) ? 'global() has to stand alone' : undefined,
  );
