import { type Document, isMap, isPair, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { FoundFile } from './catalog.js';
import type { Problem } from './problem.js';

type Path = readonly PropertyKey[];

export interface ReadYaml<T> {
  readonly value: T | undefined;
  readonly problems: Problem[];
  /** A problem at a path of this document, for the checks that come after the schema. */
  at(path: Path, message: string): Problem;
}

interface Place {
  readonly file: string;
  readonly doc?: Document;
  readonly lines?: LineCounter;
}

/** The node at a path, or the deepest one that exists: a missing key is reported where it should stand. */
const nodeAt = (doc: Document, path: Path): Node | null | undefined => {
  for (let length = path.length; length > 0; length--) {
    const parent = length === 1 ? doc.contents : doc.getIn(path.slice(0, length - 1), true);
    const last = path[length - 1];
    const pair = isMap(parent) ? parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === last) : undefined;
    if (pair && isScalar(pair.key)) return pair.key;
    const found = doc.getIn(path.slice(0, length), true) as Node | undefined;
    if (found) return found;
  }
  return doc.contents as Node | null;
};

const problemAt =
  ({ file, doc, lines }: Place) =>
  (path: Path, message: string): Problem => {
    const range = doc && nodeAt(doc, path)?.range;
    const { line, col } = range && lines ? lines.linePos(range[0]) : { line: 1, col: 1 };
    return { file, line, column: col, path: path.map(String).join('.'), message };
  };

const issuePaths = (issue: z.core.$ZodIssue): Path[] =>
  issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];

/** A union reports one problem of the branch that came furthest: the others are not what the author meant. */
const flatten = (issue: z.core.$ZodIssue): z.core.$ZodIssue[] => {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const depth = (issues: readonly z.core.$ZodIssue[]) => Math.max(...issues.map((inner) => inner.path.length), 0);
  const best = [...issue.errors].sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0] ?? [];
  return best.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }) as z.core.$ZodIssue).flatMap(flatten);
};

const parse = (found: FoundFile) => {
  if (found.source === undefined) return { data: found.data, problems: [], at: problemAt({ file: found.path }) };
  const lines = new LineCounter();
  const doc = parseDocument(found.source, { lineCounter: lines });
  const at = problemAt({ file: found.path, doc, lines });
  // An unknown tag is only a warning to the parser, and would silently turn a value into something else.
  const problems = [...doc.errors, ...doc.warnings].map(({ message, pos }) => {
    const { line, col } = lines.linePos(pos[0]);
    return { file: found.path, line, column: col, path: '', message: message.split('\n')[0] ?? message };
  });
  if (problems.length > 0) return { data: undefined, problems, at };
  try {
    return { data: doc.toJS() as unknown, problems, at };
  } catch (error) {
    return { data: undefined, problems: [at([], (error as Error).message)], at };
  }
};

/** Reads one YAML file strictly: syntax, unknown keys and wrong types are problems with line and column. */
export const readYaml = <T>(found: FoundFile, schema: z.ZodType<T>): ReadYaml<T> => {
  const { data, problems, at } = parse(found);
  if (problems.length > 0) return { value: undefined, problems, at };
  const result = schema.safeParse(data);
  if (result.success) return { value: result.data, problems: [], at };
  const issues = result.error.issues.flatMap(flatten).flatMap((issue) => issuePaths(issue).map((path) => at(path, issue.message)));
  return { value: undefined, problems: issues, at };
};
