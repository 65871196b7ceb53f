import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import type { FoundFile } from './catalog.js';
import type { Problem } from './problem.js';
import { flatten, sayIssue } from './say-issue.js';

type Path = readonly PropertyKey[];

export interface ReadYaml<T> {
  readonly value: T | undefined;
  readonly problems: Problem[];
  /** A problem at a path of this document, for the checks that come after the schema. */
  at(this: void, path: Path, message: string): Problem;
}

interface Place {
  readonly file: string;
  readonly doc?: Document;
  readonly lines?: LineCounter;
}

/** The key or item at a path, or the deepest one that exists: a missing key is reported where it should stand. */
const nodeAt = (doc: Document, path: Path): Node | null => {
  for (let length = path.length; length > 0; length--) {
    const parent = length === 1 ? doc.contents : doc.getIn(path.slice(0, length - 1), true);
    const last = String(path[length - 1]);
    const pair = isMap(parent)
      ? parent.items.find(({ key }) => isScalar(key) && String(key.value) === last)
      : undefined;
    if (pair) return pair.key as Node;
    const item = doc.getIn(path.slice(0, length), true) as Node | undefined;
    if (item) return item;
  }
  return doc.contents;
};

const problemAt =
  ({ file, doc, lines }: Place) =>
  (path: Path, message: string): Problem => {
    const range = doc && nodeAt(doc, path)?.range;
    const { line, col } = range && lines ? lines.linePos(range[0]) : { line: 1, col: 1 };
    return { file, line, column: col, path: path.map(String).join('.'), message };
  };

/** An unknown key is reported at itself, a missing one at the map that lacks it. */
const issuePaths = (issue: z.core.$ZodIssue): Path[] =>
  issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];

const sentenceFor = (issue: z.core.$ZodIssue, path: Path) =>
  issue.code === 'unrecognized_keys' ? `There is no key "${String(path.at(-1))}" here.` : sayIssue(issue);

/** Where the words of the parser are meant for programmers. */
const plainWords: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: 'A second document starts here; a file holds one',
  DUPLICATE_KEY: 'This key stands in the same map twice',
};

/** Only an alias can make a document fail that parsed. */
const firstAlias = (doc: Document): number => {
  let offset = 0;
  visit(doc, {
    Alias: (_, { range }) => {
      offset = range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
};

const parse = (found: FoundFile) => {
  if (found.source === undefined) return { data: found.data, problems: [], at: problemAt({ file: found.path }) };
  const lines = new LineCounter();
  const doc = parseDocument(found.source, { lineCounter: lines, prettyErrors: false });
  const at = problemAt({ file: found.path, doc, lines });
  const problem = (offset: number, message: string): Problem => {
    const { line, col } = lines.linePos(offset);
    return { file: found.path, line, column: col, path: '', message: `${message.replace(/[.:]$/, '')}.` };
  };
  // An unknown tag is only a warning to the parser, and would silently turn a value into something else.
  const problems = [...doc.errors, ...doc.warnings].map(({ code, message, pos }) =>
    problem(pos[0], plainWords[code] ?? message),
  );
  if (problems.length > 0) return { data: undefined, problems, at };
  try {
    return { data: doc.toJS() as unknown, problems, at };
  } catch (error) {
    return { data: undefined, problems: [problem(firstAlias(doc), (error as Error).message)], at };
  }
};

/** Reads one YAML file strictly: syntax, unknown keys and wrong types are problems with line and column. */
export const readYaml = <T>(found: FoundFile, schema: z.ZodType<T>): ReadYaml<T> => {
  const { data, problems, at } = parse(found);
  if (problems.length > 0) return { value: undefined, problems, at };
  const result = schema.safeParse(data, { reportInput: true });
  if (result.success) return { value: result.data, problems: [], at };
  const issues = result.error.issues
    .flatMap(flatten)
    .flatMap((issue) => issuePaths(issue).map((path) => at(path, sentenceFor(issue, path))));
  return { value: undefined, problems: issues, at };
};
