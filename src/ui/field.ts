import { cells, graphemes, padded, type Wide } from './cell.js';
import { plain, type Span } from './row.js';

/** A line of text that is being typed. `at` counts graphemes before the cursor. */
export interface Field {
  readonly value: string;
  readonly at: number;
}

export const emptyField: Field = { value: '', at: 0 };
export const fieldOf = (value: string): Field => ({ value, at: graphemes(value).length });

const splice = ({ value, at }: Field, { remove, insert }: { remove: number; insert: string }): Field => {
  const all = graphemes(value);
  const before = all.slice(0, at - remove).join('') + insert;
  return { value: before + all.slice(at).join(''), at: graphemes(before).length };
};

/** Pasted text becomes one line: a line break in it must not act as Enter. */
export const insert = (field: Field, text: string): Field =>
  splice(field, { remove: 0, insert: plain(text).slice(0, 4000) });

const edits: Readonly<Record<string, (field: Field) => Field>> = {
  backspace: (field) => (field.at > 0 ? splice(field, { remove: 1, insert: '' }) : field),
  delete: (field) => {
    const all = graphemes(field.value);
    return { value: [...all.slice(0, field.at), ...all.slice(field.at + 1)].join(''), at: field.at };
  },
  left: ({ value, at }) => ({ value, at: Math.max(0, at - 1) }),
  right: ({ value, at }) => ({ value, at: Math.min(graphemes(value).length, at + 1) }),
  home: ({ value }) => ({ value, at: 0 }),
  end: ({ value }) => fieldOf(value),
  'ctrl-a': ({ value }) => ({ value, at: 0 }),
  'ctrl-e': ({ value }) => fieldOf(value),
  'ctrl-u': (field) => splice(field, { remove: field.at, insert: '' }),
};

/** The field after an editing key, or nothing when the key does not edit. */
export const edit = (field: Field, key: string): Field | undefined => edits[key]?.(field);

/** The part of the field around the cursor, `width` cells wide, with the cursor in cells. */
export const fieldSpan = (
  { value, at }: Field,
  width: number,
  { focused, wide }: { focused: boolean; wide: Wide },
): Span => {
  const all = graphemes(value);
  let start = 0;
  while (cells(all.slice(start, at).join(''), wide) > width - 1) start += 1;
  const text = padded(all.slice(start).join(''), width, wide);
  return { text, tone: 'field', ...(focused ? { cursor: cells(all.slice(start, at).join(''), wide) } : {}) };
};
