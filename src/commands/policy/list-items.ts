/** A part of a text, by its characters, and how many lines are before it. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly line: number;
}

/** A List as text: its items one by one, and what it says of itself. */
export interface ListText {
  readonly items: readonly Span[];
  /** `apiVersion`, `kind` and `metadata`, wherever they stand. */
  readonly around: string;
}

const itemsField = /^items:[ \t]*\r?\n/m;
/** Nothing but the fields beside the items: what is theirs is indented. */
const besides = /^(?:---\r?\n)?(?:(?:apiVersion|kind|metadata):.*\r?\n| .*\r?\n|#.*\r?\n|\r?\n)*$/;
const linesIn = (text: string) => text.split('\n').length - 1;

/** Where the next line begins that is not of an item: but for the dashes of items, all of them is indented. */
const endOfItems = (text: string, start: number, dash: string): number => {
  const inside = dash === '- ' ? /[- \r\n]/ : /[ \r\n]/;
  let at = start;
  while (at < text.length && inside.test(text[at] ?? '')) {
    const next = text.indexOf('\n', at);
    if (next < 0) return text.length;
    at = next + 1;
  }
  return at;
};

/** Nothing nested in an item may begin as far left as its dash, so a dash there is always the next item. */
const spansOf = (text: string, { start, end, dash }: { start: number; end: number; dash: string }): Span[] => {
  const spans: Span[] = [];
  let line = linesIn(text.slice(0, start));
  for (let from = start; from < end; ) {
    const next = text.indexOf(`\n${dash}`, from);
    const to = next < 0 || next >= end ? end : next + 1;
    spans.push({ from, to, line });
    line += linesIn(text.slice(from, to));
    from = to;
  }
  return spans;
};

/**
 * The items of a List, of one kind or of any, each a block sequence of one: as kubectl, clients and libraries write it.
 * Undefined for everything that is not exactly of this form.
 */
export const itemsOfList = (text: string): ListText | undefined => {
  const field = itemsField.exec(text);
  if (!field) return undefined;
  const start = field.index + field[0].length;
  const dash = /^ *- /.exec(text.slice(start, start + 40))?.[0];
  if (dash === undefined) return undefined;
  const end = endOfItems(text, start, dash);
  const [before, after] = [text.slice(0, field.index), text.slice(end)];
  if (!besides.test(before) || !besides.test(after) || after.startsWith('---') || /^---/m.test(text.slice(start, end)))
    return undefined;
  return { items: spansOf(text, { start, end, dash }), around: `${before}${after}` };
};
