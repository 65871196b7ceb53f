import { keyParts, type Sets } from './nft-tests.js';
import { entryKey, isPart, listOf, numberOf, type Part, partOf, textOf } from './nft-values.js';
import type { Action } from './rule-set.js';

const target = (value: unknown) => textOf(isPart(value) ? value.target : '');

const place = (value: unknown): { address: string; port: number | undefined } => ({
  address: isPart(value) ? textOf(value.addr) : '',
  port: isPart(value) ? numberOf(value.port) : undefined,
});

const marked = (value: unknown): Action | undefined => {
  const number = numberOf(value);
  if (number !== undefined) return { do: 'mark', keep: 0, flip: number >>> 0 };
  const operator = ['|', '&', '^'].find((one) => isPart(value) && one in value);
  const given = operator && isPart(value) ? numberOf(listOf(value[operator])[1]) : undefined;
  if (given === undefined) return undefined;
  const bits = given >>> 0;
  if (operator === '|') return { do: 'mark', keep: ~bits >>> 0, flip: bits };
  return operator === '&' ? { do: 'mark', keep: bits, flip: 0 } : { do: 'mark', keep: 0xffffffff, flip: bits };
};

const pairs = (data: unknown, sets: Sets): readonly unknown[] =>
  typeof data === 'string' && data.startsWith('@')
    ? (sets.get(data.slice(1))?.elements ?? [])
    : listOf(isPart(data) ? data.set : undefined);

const lookUp = (vmap: Part, sets: Sets): Action => {
  const entries = pairs(vmap.data, sets).map((pair) => listOf(pair));
  const verdict = (value: unknown): Action =>
    isPart(value) ? (actionOf(value, sets) ?? { do: 'continue' }) : { do: 'continue' };
  const numgen = partOf(vmap.key, 'numgen');
  if (numgen)
    return { do: 'spread', of: numberOf(numgen.mod) ?? entries.length, choices: entries.map(([, to]) => verdict(to)) };
  const found = entries.flatMap(([key, to]): [string, Action][] => {
    const text = entryKey(key);
    return text === undefined ? [] : [[text, verdict(to)]];
  });
  return { do: 'look-up', key: keyParts(vmap.key), entries: new Map(found) };
};

const known: Readonly<Record<string, (value: unknown, sets: Sets) => Action | undefined>> = {
  accept: () => ({ do: 'accept' }),
  drop: () => ({ do: 'drop' }),
  return: () => ({ do: 'return' }),
  continue: () => ({ do: 'continue' }),
  masquerade: () => ({ do: 'masquerade' }),
  reject: (value) => ({ do: 'reject', with: isPart(value) ? textOf(value.expr) || textOf(value.type) : '' }),
  jump: (value) => ({ do: 'jump', chain: target(value) }),
  goto: (value) => ({ do: 'goto', chain: target(value) }),
  dnat: (value) => ({ do: 'dnat', ...place(value) }),
  snat: (value) => ({ do: 'snat', address: place(value).address }),
  redirect: (value) => ({ do: 'redirect', port: place(value).port }),
  vmap: (value, sets) => (isPart(value) ? lookUp(value, sets) : undefined),
  mangle: (value) =>
    isPart(value) && textOf(partOf(value.key, 'meta')?.key) === 'mark' ? marked(value.value) : { do: 'continue' },
};

/** What a statement of a rule does; nothing where it is no statement that is known here. */
export const actionOf = (statement: Part, sets: Sets): Action | undefined => {
  const name = Object.keys(statement)[0] ?? '';
  return Object.hasOwn(known, name) ? known[name]?.(statement[name], sets) : undefined;
};
