import { type Token, tokensOf } from './corefile-tokens.js';

const corefile = 'Corefile';

/** What CoreDNS would say instead of starting. */
export class CorefileProblem extends Error {
  readonly line: number;
  readonly file: string;
  constructor(message: string, { line, file }: Pick<Token, 'line' | 'file'>) {
    super(message);
    this.line = line;
    this.file = file;
  }
}

// A snippet may name itself, and then CoreDNS never comes to an end.
const mostImports = 100;
const mostTokens = 50_000;

const nameIn = (path: string) => path.split('/').at(-1) ?? '';

const nowhere: Token = { text: '', line: 1, first: true, file: corefile };

/** Where the brace ends that opens at `open`. */
const closing = (tokens: readonly Token[], open: number): number | undefined => {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    if (tokens[at]?.text === '{') depth += 1;
    if (tokens[at]?.text === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return undefined;
};

/** One asterisk at most, which is all that CoreDNS takes. */
const matches = (pattern: string, name: string) => {
  const [before = '', after] = pattern.split('*');
  if (after === undefined) return name === pattern;
  return name.length >= before.length + after.length && name.startsWith(before) && name.endsWith(after);
};

/** The tokens of a Corefile, one after the other; `import` puts others in their place. */
export const readerOf = (text: string, files: Readonly<Record<string, string>> | undefined) => {
  const tokens = tokensOf(text, corefile);
  const snippets = new Map<string, readonly Token[]>();
  const unseen: string[] = [];
  let at = 0;
  let imports = 0;

  const last = () => tokens.at(-1);
  const atEnd = (said: string) => new CorefileProblem(said, last() ?? nowhere);

  const filesFor = (path: string): Token[] => {
    const pattern = nameIn(path);
    const names = Object.keys(files ?? {}).filter((name) => matches(pattern, name));
    // A pattern that fits no file is well, a file that is not there is none.
    if (names.length === 0 && !(files && pattern.includes('*'))) unseen.push(path);
    return names.toSorted().flatMap((name) => tokensOf(files?.[name] ?? '', name));
  };

  const checked = (): { word: Token; path: string } => {
    const [word, path, extra] = tokens.slice(at, at + 3);
    if (!word || !path || path.first)
      throw new CorefileProblem(`Wrong argument count or unexpected line ending after 'import'`, word ?? nowhere);
    if (extra && !extra.first)
      throw new CorefileProblem('Import takes only one argument (glob pattern or file)', extra);
    imports += 1;
    if (imports > mostImports || tokens.length > mostTokens)
      throw new CorefileProblem(`The imports of '${path.text}' never end`, path);
    return { word, path: path.text };
  };

  return {
    unseen,
    last,
    atEnd,
    peek: (): Token | undefined => tokens[at],
    next: () => {
      at += 1;
    },
    /** Puts a snippet or files in the place of `import NAME`. */
    splice: () => {
      const { path } = checked();
      tokens.splice(at, 2, ...(snippets.get(path) ?? filesFor(path)));
    },
    /** Takes what stands in the next braces for a snippet. */
    keep: (name: string) => {
      const open = tokens[at] ?? last() ?? nowhere;
      if (snippets.has(name)) throw new CorefileProblem(`redeclaration of previously declared snippet ${name}`, open);
      if (open.text !== '{') throw new CorefileProblem(`Unexpected token '${open.text}', expecting '{'`, open);
      const end = closing(tokens, at);
      if (end === undefined) throw atEnd(`Unexpected token '', expecting '}'`);
      snippets.set(name, tokens.slice(at + 1, end));
      at = end + 1;
    },
  };
};
export type Reader = ReturnType<typeof readerOf>;
