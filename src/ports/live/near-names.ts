const distance = (left: string, right: string) => {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [at, letter] of [...left].entries()) {
    const next = [at + 1];
    for (const [column, other] of [...right].entries()) {
      const swap = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(swap, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
};

/** The names that could have been meant, nearest first: a few typing errors, or a part of the name. */
export const nearNames = (wanted: string, known: Iterable<string>) => {
  const asked = wanted.toLowerCase();
  const limit = Math.max(2, Math.floor(wanted.length / 3));
  return [...known]
    .map((name) => ({ name, far: name.toLowerCase().includes(asked) ? 1 : distance(asked, name.toLowerCase()) }))
    .filter(({ far }) => far <= limit)
    .sort((left, right) => left.far - right.far || left.name.localeCompare(right.name))
    .slice(0, 3)
    .map(({ name }) => name);
};
