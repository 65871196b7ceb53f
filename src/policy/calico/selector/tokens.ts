const marks = ['(', ')', '{', '}', ',', '==', '!=', '!', '&&', '||'] as const;
export type Mark = (typeof marks)[number];

export const operators = ['contains', 'starts with', 'ends with', 'not in', 'in'] as const;
export type Operator = (typeof operators)[number];

export type Token =
  | { readonly kind: Mark | Operator | 'all' | 'global' | 'end' }
  | { readonly kind: 'text' | 'label' | 'has'; readonly text: string };

export interface Misread {
  readonly error: string;
}

/** Only these two count as space: a line break does not (libcalico-go/lib/selector/tokenizer). */
const space = /[ \t]*/y;
const mark = /[(){},]|==|!=|!|&&|\|\|/y;
const quoted = /"([^"]*)"|'([^']*)'/y;
const operator = /contains|starts[ \t]*with|ends[ \t]*with|not[ \t]*in|in/y;
const has = /has\([ \t]*([\w./-]+)[ \t]*\)/y;
const word = /(all|global)\([ \t]*\)/y;
const label = /[\w./-]+/y;

const at = (pattern: RegExp, text: string, position: number) => {
  pattern.lastIndex = position;
  return pattern.exec(text);
};

interface Read {
  readonly token: Token;
  readonly length: number;
}

const spaced = { contains: 'contains', startswith: 'starts with', endswith: 'ends with', notin: 'not in', in: 'in' };

/** Words mean an operator only behind a label: `in in {'a'}` asks about a label of that name. */
const readOperator = (text: string, position: number): Read | undefined => {
  const found = at(operator, text, position)?.[0];
  if (found === undefined) return undefined;
  const kind = spaced[found.replaceAll(/[ \t]/g, '') as keyof typeof spaced] as Operator;
  return { token: { kind }, length: found.length };
};

const readWord = (text: string, position: number): Read | undefined => {
  const asked = at(has, text, position);
  if (asked) return { token: { kind: 'has', text: asked[1] ?? '' }, length: asked[0].length };
  const whole = at(word, text, position);
  if (whole) return { token: { kind: whole[1] as 'all' | 'global' }, length: whole[0].length };
  const [name] = at(label, text, position) ?? [];
  const isCall = name !== undefined && /^(has|all|global)$/.test(name) && text[position + name.length] === '(';
  return name === undefined || isCall ? undefined : { token: { kind: 'label', text: name }, length: name.length };
};

const readMark = (text: string, position: number): Read | undefined => {
  const [found] = at(mark, text, position) ?? [];
  if (found !== undefined) return { token: { kind: found as Mark }, length: found.length };
  const string = at(quoted, text, position);
  return string ? { token: { kind: 'text', text: string[1] ?? string[2] ?? '' }, length: string[0].length } : undefined;
};

const near = (text: string, position: number) => JSON.stringify(text.slice(position, position + 20));

/** Each character is looked at a fixed number of times; the first that fits nowhere ends it. */
export const tokensOf = (text: string): readonly Token[] | Misread => {
  const tokens: Token[] = [];
  let position = 0;
  for (;;) {
    position += at(space, text, position)?.[0].length ?? 0;
    if (position >= text.length) return [...tokens, { kind: 'end' }];
    const behindLabel = tokens.at(-1)?.kind === 'label';
    const read = readMark(text, position) ?? (behindLabel ? readOperator : readWord)(text, position);
    if (!read) {
      const wanted = behindLabel ? 'an operator' : 'a label, has(), all(), a text in quotes or a bracket';
      return { error: `expected ${wanted} at ${near(text, position)}` };
    }
    tokens.push(read.token);
    position += read.length;
  }
};
