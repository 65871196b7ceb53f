export interface Place {
  /** Where the value begins. */
  readonly at: number;
  readonly separator: string;
  /** Blanks between separator and value. */
  readonly gap: string;
  /** What stands on the same line before the name. */
  readonly before: string;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

const PLAIN_QUOTED = /"(?<secret>(?:[^"\\\n]|\\.)*)|'(?<secret2>(?:[^'\n]|'')*)|`(?<secret3>[^`\n]*)/y;
// JSON inside a JSON string, at any depth: closed by the same number of backslashes that opened it.
const ESCAPED_QUOTED = /(?<open>\\+["'])(?<secret>(?:(?!(?<!\\)\k<open>)[^\n])*)/y;
const BLOCK_SCALAR = /[|>][-+0-9]{0,2}[ \t]{0,64}\r?\n/y;
const WHOLE_LINE = /[^\r\n]*?(?=(?:[ \t]{1,4}|[&;,][ \t]?)[\w.-]{1,64}=|[ \t]{0,4}(?:[\r\n]|$))/y;
const IN_FLOW = /[^\s,}\])"']*/y;
const WORD = /[^\s"'`\\]*?(?:\\(?!\\{0,7}["'`nrt])[^\s"'`\\]*?)*?(?=[&;,][\w.-]{1,64}=|[\s"'`]|\\{1,7}["'`nrt]|$)/y;
const CLOSING = ')]},.;:';

function span(text: string, pattern: RegExp, at: number): Span | undefined {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  if (found === null) return undefined;
  const { open = '', secret, secret2, secret3 } = found.groups ?? {};
  const inner = secret ?? secret2 ?? secret3;
  if (inner === undefined) return { start: at, end: pattern.lastIndex };
  return {
    start: pattern.lastIndex - inner.length,
    end: open === '' ? pattern.lastIndex : at + open.length + inner.length,
  };
}

function blockScalar(text: string, { at, before }: Place): Span | undefined {
  const opening = span(text, BLOCK_SCALAR, at);
  if (opening === undefined) return undefined;
  const indent = before.search(/[^ \t]|$/);
  const deeper = new RegExp(`(?:[ \\t]{${indent + 1},}[^\\n]*(?:\\n|$)|[ \\t]*\\n)*`, 'y');
  const body = span(text, deeper, opening.end);
  if (body === undefined) return undefined;
  const lead = /^[ \t]*/.exec(text.slice(opening.end, body.end))?.[0].length ?? 0;
  return { start: opening.end + lead, end: text[body.end - 1] === '\n' ? body.end - 1 : body.end };
}

function withoutClosing(text: string, { start, end }: Span): Span {
  let last = end;
  while (last > start && CLOSING.includes(text[last - 1] ?? '')) last -= 1;
  // Nothing but brackets is a strange password, not an empty one.
  return { start, end: last === start ? end : last };
}

function bare(text: string, { at, before }: Place): Span | undefined {
  if (/^[\s>*<+-]*$/.test(before)) return span(text, WHOLE_LINE, at);
  if (/[{,[][ \t]*$/.test(before) && !/["']$/.test(before)) return span(text, IN_FLOW, at);
  const word = span(text, WORD, at);
  return word && withoutClosing(text, word);
}

/** Finds where the value after `name=` or `name:` begins and ends, as env, logfmt, YAML and JSON (also escaped) write it. */
export function secretSpan(text: string, place: Place): Span | undefined {
  const first = text[place.at] ?? '';
  if (`"'\``.includes(first) && first !== '') return span(text, PLAIN_QUOTED, place.at);
  if (first === '\\') return span(text, ESCAPED_QUOTED, place.at) ?? bare(text, place);
  if (/[{[]/.test(first) && place.separator === ':') return undefined;
  if (/[|>]/.test(first)) return blockScalar(text, place) ?? bare(text, place);
  return bare(text, place);
}
