import { isStepNode, type Runbook, type RunbookNode, type Target } from '../domain/runbook.js';
import { reachable } from './paths.js';

type Books = Readonly<Record<string, Runbook>>;

// No node of a file may have two hyphens in a row, so names of different books never meet.
const between = '--';
const nameIn = (book: string, node: string) => `${book}${between}${node}`;

/** The linked book that a node of a whole tree came from; nothing for a node of the tree's own. */
export const chapterOf = (node: string): string => (node.includes(between) ? (node.split(between)[0] ?? '') : '');

const retarget = (node: RunbookNode, change: (target: Target) => Target): RunbookNode => ({
  ...(isStepNode(node) ? node : { ...node }),
  on: Object.fromEntries(Object.entries(node.on).map(([outcome, target]) => [outcome, change(target)])),
  otherwise: change(node.otherwise),
});

/** The book that goes on with the very same flow; another flow begins another session. */
const followed = (target: Target, books: Books): string | undefined =>
  typeof target === 'object' && 'runbook' in target && target.flow === 'same' && books[target.runbook]
    ? target.runbook
    : undefined;

const meanwhileOf = (node: RunbookNode, rename: (name: string) => string) =>
  isStepNode(node) && node.meanwhile ? { meanwhile: node.meanwhile.map(rename) } : {};

const nodesOf = (id: string, books: Books, rename: (node: string) => string) => {
  const book = books[id];
  if (!book) return {};
  const change = (target: Target): Target => {
    if (typeof target === 'string') return Object.hasOwn(book.nodes, target) ? rename(target) : target;
    const next = followed(target, books);
    return next === undefined ? target : nameIn(next, books[next]?.start ?? '');
  };
  return Object.fromEntries(
    Object.entries(book.nodes).map(([name, node]) => [
      rename(name),
      { ...retarget(node, change), ...meanwhileOf(node, rename) },
    ]),
  );
};

const booksBehind = (id: string, books: Books): string[] => {
  const seen = new Set<string>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const { on, otherwise } of Object.values(books[next]?.nodes ?? {}))
      for (const target of [...Object.values(on), otherwise]) {
        const found = followed(target, books);
        if (found === undefined || seen.has(found)) continue;
        seen.add(found);
        open.push(found);
      }
  }
  return [...seen];
};

/**
 * A runbook with all those it hands its flow over to, as one tree: the walk goes on where the other begins, with
 * everything that was found so far.
 */
export const linked = (id: string, books: Books): Runbook | undefined => {
  const book = books[id];
  if (!book) return undefined;
  const behind = booksBehind(id, books).map((other) => nodesOf(other, books, (node) => nameIn(other, node)));
  const nodes: Runbook['nodes'] = Object.assign(
    {},
    ...behind,
    nodesOf(id, books, (node) => node),
  );
  const whole = { ...book, nodes };
  const seen = reachable(whole);
  return { ...whole, nodes: Object.fromEntries(Object.entries(nodes).filter(([name]) => seen.has(name))) };
};
