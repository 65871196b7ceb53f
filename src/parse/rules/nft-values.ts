/** Part of what `nft -j` says, before anybody looked at it. */
export type Part = Readonly<Record<string, unknown>>;

export const isPart = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const partOf = (value: unknown, key: string): Part | undefined => {
  const found = isPart(value) ? value[key] : undefined;
  return isPart(found) ? found : undefined;
};

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** An element of a set may carry a comment, a timeout or a counter around its value. */
const bare = (value: unknown): unknown => partOf(value, 'elem')?.val ?? value;

/** An address, a network or a range, as iptables writes them. */
const rangeText = (value: unknown): string | undefined => {
  const prefix = partOf(value, 'prefix');
  if (prefix) return `${textOf(prefix.addr)}/${numberOf(prefix.len) ?? 0}`;
  const range = isPart(value) ? listOf(value.range) : [];
  if (range.length === 2) return `${range[0]}-${range[1]}`;
  return typeof value === 'string' || typeof value === 'number' ? `${value}` : undefined;
};

type Named = (name: string) => readonly unknown[] | undefined;

const written = (right: unknown): readonly unknown[] => {
  const value = isPart(right) && 'set' in right ? right.set : right;
  return Array.isArray(value) ? value : [value];
};

/** The values of a set, written out or by name; `undefined` where one of them is none that is known here. */
export const valuesOf = (right: unknown, sets: Named): string[] | undefined => {
  const byName = typeof right === 'string' && right.startsWith('@');
  const values = byName ? sets(right.slice(1)) : written(right);
  const texts = values?.map((value) => rangeText(bare(value)));
  return texts?.every((text) => text !== undefined) ? texts : undefined;
};

/** The key of one entry of a map, its parts joined as nft prints them. */
export const entryKey = (key: unknown): string | undefined => {
  const value = bare(key);
  const parts = isPart(value) && 'concat' in value ? listOf(value.concat) : [value];
  return parts.every((part) => typeof part === 'string' || typeof part === 'number') ? parts.join(' . ') : undefined;
};
