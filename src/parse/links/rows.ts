import { z } from 'zod';

/** What a table of a program came to. Nothing of a table that was not understood may be called absent. */
export const rowsOf = <T extends z.ZodType>(row: T) =>
  z.strictObject({
    rows: z.array(row),
    understood: z.boolean(),
    /** Lines or rows that say something unknown, at most ten. */
    strange: z.array(z.string()),
  });

export interface Rows<T> {
  rows: T[];
  understood: boolean;
  strange: string[];
}

const brief = (text: string) => text.trim().slice(0, 200);

const collect = <S, T>(items: readonly S[], read: (item: S) => T | undefined, say: (item: S) => string): Rows<T> => {
  const rows: T[] = [];
  const strange: string[] = [];
  for (const item of items) {
    const row = read(item);
    if (row !== undefined) rows.push(row);
    else if (strange.length < 10) strange.push(brief(say(item)));
  }
  return { rows, understood: rows.length > 0 || strange.length === 0, strange };
};

const asList = (text: string): unknown[] | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

interface Readers<J, T> {
  /** A row as `-j` prints it; what the reader does not name is ignored. */
  readonly json: z.ZodType<J>;
  from(row: J): T;
  /** The same as one line of text, from a tool without JSON. */
  line(line: string): T | undefined;
}

// iproute2 6.1 prints an empty object between two rows that a filter left out.
const isHole = (row: unknown) => typeof row === 'object' && row !== null && Object.keys(row).length === 0;

export const rowsInJson = <J, T>(text: string, { json, from }: Pick<Readers<J, T>, 'json' | 'from'>): Rows<T> => {
  const list = asList(text);
  if (!list) return { rows: [], understood: false, strange: [brief(text)] };
  const read = (row: unknown) => {
    const known = json.safeParse(row);
    return known.success ? from(known.data) : undefined;
  };
  const rows = list.filter((row) => !isHole(row));
  return collect(rows, read, (row) => JSON.stringify(row) ?? '');
};

/** A table of iproute2 as JSON, or as text where the program at hand (busybox, iproute2 before 4.13) has no JSON. */
export const readRows = <J, T>(text: string, readers: Readers<J, T>): Rows<T> => {
  if (/^\s*\[/.test(text)) return rowsInJson(text, readers);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return collect(lines, readers.line, (line) => line);
};

/** The words after the names in a line of iproute2, for example `dev eth0 src 10.0.0.1`. */
export const wordsAfter = (line: string) => {
  const words = line.trim().split(/\s+/);
  return (name: string): string | undefined => {
    const at = words.indexOf(name);
    return at < 0 ? undefined : words[at + 1];
  };
};
