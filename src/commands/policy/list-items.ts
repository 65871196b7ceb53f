/** A part of a text, by its characters, and how many lines are before it. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly line: number;
}

const head = /^apiVersion: v1\r?\nitems:\r?\n/;
const linesIn = (text: string) => text.split('\n').length - 1;

const tail = /^kind: List\r?\n(?:(?:metadata:.*| .*)?\r?\n)*$/;

/** Where the next line begins that is not of an item: items begin with a dash, and all else of them is indented. */
const endOfItems = (text: string, start: number): number => {
  let at = start;
  while (at < text.length && /[- \r\n]/.test(text[at] ?? '')) {
    const next = text.indexOf('\n', at);
    if (next < 0) return text.length;
    at = next + 1;
  }
  return at;
};

/**
 * The items of a List as kubectl writes it, each a block sequence of one. Nothing nested in such a sequence may begin in
 * the first column, so a dash there is always the next item. Undefined for everything that is not exactly of this form.
 */
export const itemsOfList = (text: string): Span[] | undefined => {
  const start = head.exec(text)?.[0].length;
  if (start === undefined || !text.startsWith('- ', start)) return undefined;
  const end = endOfItems(text, start);
  if (!tail.test(text.slice(end)) || /^---/m.test(text.slice(start, end))) return undefined;
  const spans: Span[] = [];
  let line = linesIn(text.slice(0, start));
  for (let from = start; from < end; ) {
    const next = text.indexOf('\n- ', from);
    const to = next < 0 || next >= end ? end : next + 1;
    spans.push({ from, to, line });
    line += linesIn(text.slice(from, to));
    from = to;
  }
  return spans;
};
