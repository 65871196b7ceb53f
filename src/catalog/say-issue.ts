import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

const names: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
  null: 'nothing',
};

const found = (input: unknown): string => {
  if (input === null || input === undefined) return 'nothing';
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object') return `{${Object.keys(input).join(', ')}}`;
  return JSON.stringify(input);
};

const list = (forms: readonly string[]) => [forms.slice(0, -1).join(', '), forms.at(-1)].filter(Boolean).join(' or ');

const isMissing = (issue: Issue) =>
  (issue.code === 'invalid_type' || issue.code === 'invalid_value' || issue.code === 'invalid_union') &&
  issue.input === undefined;

/** A branch of a union in a few letters: the kind of value it takes, or the keys it asks for. */
const formOf = (branch: readonly Issue[]): string => {
  const whole = branch.find((issue) => issue.path.length === 0 && issue.code === 'invalid_type');
  if (whole?.code === 'invalid_type') return names[whole.expected] ?? whole.expected;
  return `{${branch
    .filter(isMissing)
    .map(({ path }) => String(path[0]))
    .join(', ')}}`;
};

const sayUnion = ({ errors, input }: Extract<Issue, { code: 'invalid_union' }>) =>
  `Expected ${list([...new Set(errors.map(formOf))])}, found ${found(input)}.`;

/** What is wrong, as a sentence for whoever edits the file. */
export const sayIssue = (issue: Issue): string => {
  if (isMissing(issue)) return `The key "${String(issue.path.at(-1))}" is missing.`;
  if (issue.code === 'invalid_type')
    return `Expected ${names[issue.expected] ?? issue.expected}, found ${found(issue.input)}.`;
  if (issue.code === 'invalid_value') return `Expected ${list(issue.values.map(String))}, found ${found(issue.input)}.`;
  if (issue.code === 'invalid_union') return sayUnion(issue);
  return `${issue.message.replace(/\.$/, '')}.`;
};

const depthOf = (branch: readonly Issue[]) => Math.max(...branch.map(({ path }) => path.length), 0);

/**
 * The problems of the one branch that the author meant: the one that was followed furthest, with the fewest
 * problems. Where no branch stands out, the union itself says which forms there are.
 */
export const flatten = (issue: Issue): Issue[] => {
  if (issue.code !== 'invalid_union' || isMissing(issue)) return [issue];
  const rated = issue.errors
    .map((branch) => ({ branch, depth: depthOf(branch) }))
    .sort((a, b) => b.depth - a.depth || a.branch.length - b.branch.length);
  const [best, next] = rated;
  if (!best || (best.depth === next?.depth && best.branch.length === next.branch.length)) return [issue];
  return best.branch.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })).flatMap(flatten);
};
