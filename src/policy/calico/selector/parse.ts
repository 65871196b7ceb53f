import { type Misread, operators, type Token, tokensOf } from './tokens.js';

/** The value of a label, where there is one. */
export type Lookup = (key: string) => string | undefined;

/** What the words without a label mean, which depends on where a selector stands. */
export interface Words {
  readonly all: boolean;
  readonly global: boolean;
}

type Test = (labels: Lookup, words: Words) => boolean;

/** In the order in which a stack works it off: no selector is nested too deep. */
type Part = Test | 'and' | 'or' | 'not';

export interface Selector {
  readonly selects: (labels: Lookup, words?: Words) => boolean;
  readonly usesGlobal: boolean;
}

interface Tokens {
  readonly list: readonly Token[];
  position: number;
}

class Unread extends Error {}

const peek = ({ list, position }: Tokens): Token => list[position] ?? { kind: 'end' };

const take = (tokens: Tokens): Token => {
  const token = peek(tokens);
  tokens.position += 1;
  return token;
};

const nameOf = (token: Token) => ('text' in token ? `${token.kind} "${token.text}"` : token.kind);

const textIn = (tokens: Tokens): string => {
  const token = take(tokens);
  if (token.kind !== 'text') throw new Unread(`expected a text in quotes, found ${nameOf(token)}`);
  return token.text;
};

/** `{'a', 'b'}`; an empty one and a comma behind the last are accepted. */
const setIn = (tokens: Tokens): ReadonlySet<string> => {
  const values = new Set<string>();
  if (take(tokens).kind !== '{') throw new Unread('expected a set such as {"a", "b"}');
  while (peek(tokens).kind === 'text') {
    values.add(textIn(tokens));
    if (peek(tokens).kind !== ',') break;
    take(tokens);
  }
  if (take(tokens).kind !== '}') throw new Unread('expected }');
  return values;
};

const against: Record<string, (value: string, wanted: string) => boolean> = {
  '==': (value, wanted) => value === wanted,
  contains: (value, wanted) => value.includes(wanted),
  'starts with': (value, wanted) => value.startsWith(wanted),
  'ends with': (value, wanted) => value.endsWith(wanted),
};

/** A label that is missing satisfies `!=` and `not in`, and nothing else. */
const testOf = (key: string, tokens: Tokens): Test => {
  const { kind } = take(tokens);
  if (kind === 'in' || kind === 'not in') {
    const values = setIn(tokens);
    return (labels) => {
      const value = labels(key);
      return (value !== undefined && values.has(value)) === (kind === 'in');
    };
  }
  if (kind === '!=') {
    const wanted = textIn(tokens);
    return (labels) => labels(key) !== wanted;
  }
  const compare = against[kind];
  if (!compare) throw new Unread(`expected ==, !=, ${operators.join(', ')} behind "${key}"`);
  const wanted = textIn(tokens);
  return (labels) => {
    const value = labels(key);
    return value !== undefined && compare(value, wanted);
  };
};

const termOf = (token: Token, tokens: Tokens): Test => {
  if (token.kind === 'label') return testOf(token.text, tokens);
  if (token.kind === 'has') return (labels) => labels(token.text) !== undefined;
  if (token.kind === 'all') return (_, words) => words.all;
  if (token.kind === 'global') return (_, words) => words.global;
  throw new Unread(token.kind === 'end' ? 'unexpected end' : `unexpected ${nameOf(token)}`);
};

type Held = '(' | '!' | '&&' | '||';
const words: Record<Exclude<Held, '('>, Part> = { '!': 'not', '&&': 'and', '||': 'or' };

interface Work {
  readonly parts: Part[];
  readonly held: Held[];
}

const settle = ({ parts, held }: Work, ...stronger: Held[]) => {
  for (let top = held.at(-1); top !== undefined && stronger.includes(top); top = held.at(-1)) {
    held.pop();
    if (top !== '(') parts.push(words[top]);
  }
};

const readTerm = (tokens: Tokens, work: Work): boolean => {
  const token = take(tokens);
  if (token.kind === '!' || token.kind === '(') {
    work.held.push(token.kind);
    return false;
  }
  work.parts.push(termOf(token, tokens));
  settle(work, '!');
  return true;
};

const closeBracket = (work: Work) => {
  settle(work, '&&', '||');
  if (work.held.pop() !== '(') throw new Unread('unexpected )');
  settle(work, '!');
};

/** Whether a term has to follow. `!` binds to the next term, `&&` stronger than `||`. */
const readJoint = (kind: Token['kind'], work: Work): boolean => {
  if (kind === ')') {
    closeBracket(work);
    return false;
  }
  if (kind !== '&&' && kind !== '||') throw new Unread(`unexpected ${kind}`);
  settle(work, '&&', ...(kind === '||' ? (['||'] as const) : []));
  work.held.push(kind);
  return true;
};

const partsOf = (tokens: Tokens): Part[] => {
  const work: Work = { parts: [], held: [] };
  let wantsTerm = true;
  for (;;) {
    if (wantsTerm) {
      wantsTerm = !readTerm(tokens, work);
      continue;
    }
    const { kind } = take(tokens);
    if (kind === 'end') break;
    wantsTerm = readJoint(kind, work);
  }
  settle(work, '&&', '||');
  if (work.held.length > 0) throw new Unread('expected )');
  return work.parts;
};

const evaluate = (parts: readonly Part[], labels: Lookup, meant: Words): boolean => {
  const values: boolean[] = [];
  for (const part of parts) {
    if (typeof part === 'function') values.push(part(labels, meant));
    else if (part === 'not') values.push(!values.pop());
    else {
      const [right, left] = [values.pop() === true, values.pop() === true];
      values.push(part === 'and' ? left && right : left || right);
    }
  }
  return values[0] === true;
};

const everywhere: Words = { all: true, global: true };

/** An empty selector selects everything. */
export const parseSelector = (text: string): Selector | Misread => {
  const list = tokensOf(text);
  if ('error' in list) return list;
  if (list.length === 1) return { selects: (_, meant = everywhere) => meant.all, usesGlobal: false };
  try {
    const parts = partsOf({ list, position: 0 });
    return {
      selects: (labels, meant = everywhere) => evaluate(parts, labels, meant),
      usesGlobal: list.some(({ kind }) => kind === 'global'),
    };
  } catch (problem) {
    if (problem instanceof Unread) return { error: problem.message };
    throw problem;
  }
};
