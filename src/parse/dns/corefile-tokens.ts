/** One word of a Corefile, or a text in quotes. */
export interface Token {
  readonly text: string;
  readonly line: number;
  /** The first of its line. */
  readonly first: boolean;
  /** Where it was written, in words for people: the Corefile, or a file that it imports. */
  readonly file: string;
}

/** More than any Corefile holds: a ConfigMap ends at a MiB. */
const longest = 1 << 20;

// As coredns/caddy splits it (caddyfile/lexer.go): a comment may begin inside of a word, and a quoted text may span lines.
const piece = /\s+|#[^\n]*|"(?:\\[\s\S]|[^"\\])*"?|[^\s#]+/g;

const unquoted = (text: string) => text.replace(/^"|"$/g, '').replaceAll('\\"', '"');

const newlines = (text: string) => text.split('\n').length - 1;

/** Every token with its line. */
export const tokensOf = (text: string, file: string): Token[] => {
  let line = 1;
  let last = 0;
  const tokens: Token[] = [];
  for (const [found] of text.slice(0, longest).matchAll(piece)) {
    const isWord = !/^[\s#]/.test(found);
    if (isWord) {
      tokens.push({ text: found.startsWith('"') ? unquoted(found) : found, line, first: line !== last, file });
    }
    line += newlines(found);
    if (isWord) last = line;
  }
  return tokens;
};
