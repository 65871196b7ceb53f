export interface JsonMap {
  text(text: string): string;
  key(key: string): string;
}

// JSON.parse accepts a million brackets; recursion does not. The API server itself stops far below this.
const DEEPEST = 200;

export const TOO_DEEP = '<cut: nested too deep>';

/** Two keys that become the same are both kept; a key that was clean from the start keeps its name. */
export function renameKeys<V>(
  entries: readonly (readonly [string, V])[],
  rename: (key: string) => string,
): Record<string, V> {
  const renamed = entries.map(([key, value]) => ({ key, to: rename(key), value }));
  const taken = new Set(renamed.filter(({ key, to }) => key === to).map(({ key }) => key));
  const again = new Map<string, number>();
  const unique = (to: string): string => {
    let name = to;
    for (let n = again.get(to) ?? 2; taken.has(name); n += 1) {
      name = `${to}<${n}>`;
      again.set(to, n + 1);
    }
    taken.add(name);
    return name;
  };
  // fromEntries defines properties; assigning would let a key `__proto__` change the prototype.
  return Object.fromEntries(renamed.map(({ key, to, value }) => [key === to ? key : unique(to), value]));
}

/** Rebuilds a parsed JSON value with every string and key replaced. */
export function mapJson<T>(value: T, map: JsonMap): T {
  const visit = (node: unknown, depth: number): unknown => {
    if (typeof node === 'string') return map.text(node);
    if (typeof node !== 'object' || node === null) return node;
    if (depth > DEEPEST) return TOO_DEEP;
    if (Array.isArray(node)) return node.map((item) => visit(item, depth + 1));
    return renameKeys(
      Object.entries(node).map(([key, item]) => [key, visit(item, depth + 1)] as const),
      (key) => map.key(key),
    );
  };
  return visit(value, 0) as T;
}
