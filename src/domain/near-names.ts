const nextRow = (row: readonly number[], letter: string, other: string): number[] => {
  const next = [(row[0] ?? 0) + 1];
  for (let column = 1; column <= other.length; column += 1) {
    const swap = (row[column - 1] ?? 0) + (letter === other[column - 1] ? 0 : 1);
    next.push(Math.min(swap, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
  }
  return next;
};

/** Letters to insert, drop or change until `one` reads like `other`. */
export const editDistance = (one: string, other: string): number => {
  const first = Array.from({ length: other.length + 1 }, (_, column) => column);
  return Array.from(one).reduce((row, letter) => nextRow(row, letter, other), first)[other.length] ?? 0;
};

const within = (one: string, other: string) => `-${one}-`.includes(`-${other}-`);

/** A Pod of a Deployment without the hash of its revision and its own suffix; of a DaemonSet without its suffix. */
const stem = (name: string) => name.replace(/(-[a-z0-9]{6,10})?-[a-z0-9]{5}$/, '');

const letters = (name: string) => Array.from(name).sort().join('');

const slips = (name: string) => (name.length < 4 ? 1 : Math.max(2, Math.floor(name.length / 3)));

/** A name that somebody stopped typing. */
const isBeginning = (name: string, other: string) => name.length >= 4 && other.startsWith(name);

/** True for a likely slip: a typing error, another generated suffix, or a word of the name more or less. */
export const isNear = (name: string, other: string): boolean =>
  name !== other &&
  (within(name, other) ||
    isBeginning(name, other) ||
    within(other, name) ||
    stem(name) === stem(other) ||
    letters(name) === letters(other) ||
    editDistance(name, other) <= slips(name));

/** The names somebody may have meant by `name`, closest first, at most `most`. */
export const nearNames = (name: string, names: readonly string[], most = 5): string[] =>
  [...new Set(names)]
    .filter((other) => isNear(name, other))
    .sort((a, b) => editDistance(name, a) - editDistance(name, b) || a.localeCompare(b))
    .slice(0, most);
