/** One simple command: its words, and the files it writes to. */
export interface ShellCommand {
  readonly words: readonly string[];
  readonly writes: readonly string[];
}

export interface ShellText {
  readonly commands: readonly ShellCommand[];
  /** False where a quote or a bracket is left open: no shell would run that. */
  readonly whole: boolean;
}

// Text within text within text: a person stops long before.
const deepest = 6;

const isBlank = (char: string) => char === ' ' || char === '\t' || char === '\r';
const ends = new Set([';', '|', '&', '\n', '(', ')']);
const plainEscapes = new Set(['"', '\\', '$', '`', '\n']);

/** Reads a text once, from its first character to its last. */
class Reader {
  readonly commands: ShellCommand[] = [];
  whole = true;
  private at = 0;
  private words: string[] = [];
  private writes: string[] = [];
  private word: string | undefined;
  private target: 'argument' | 'file' | 'descriptor' = 'argument';

  constructor(
    private readonly text: string,
    private readonly depth: number,
  ) {}

  read(): ShellText {
    while (this.at < this.text.length) this.one(this.text[this.at] ?? '');
    this.endCommand();
    return { commands: this.commands, whole: this.whole };
  }

  private one(char: string) {
    if (char === '#' && this.word === undefined) this.at = this.until('\n') - 1;
    else if (isBlank(char)) this.endWord();
    else if (ends.has(char)) this.endCommand();
    else if (char === '>' || char === '<') this.redirect(char);
    else return this.piece(char);
    this.at += 1;
  }

  private piece(char: string) {
    this.at += 1;
    if (char === "'") this.add(this.quoted("'"));
    else if (char === '"') this.doubleQuoted();
    else if (char === '\\') this.escaped();
    else if (char === '`') this.inner(this.quoted('`'));
    else if (char === '$' && this.text[this.at] === '(') this.substituted();
    else this.add(char);
  }

  private add(text: string) {
    this.word = (this.word ?? '') + text;
  }

  /** A backslash before a line's end joins the lines. */
  private escaped() {
    const char = this.text[this.at];
    this.at += 1;
    if (char !== undefined && char !== '\n') this.add(char);
  }

  private until(char: string) {
    const end = this.text.indexOf(char, this.at);
    return end < 0 ? this.text.length : end;
  }

  private quoted(mark: string): string {
    const end = this.until(mark);
    const inside = this.text.slice(this.at, end);
    if (end === this.text.length) this.whole = false;
    this.at = end + 1;
    return inside;
  }

  /** Within double quotes these still mean something; all other text stands for itself. */
  private isSpecial(char: string) {
    const next = this.text[this.at + 1] ?? '';
    return char === '`' || (char === '$' && next === '(') || (char === '\\' && plainEscapes.has(next));
  }

  private doubleQuoted() {
    this.add('');
    for (let char = this.text[this.at]; char !== undefined && char !== '"'; char = this.text[this.at]) {
      if (this.isSpecial(char)) this.piece(char);
      else {
        this.add(char);
        this.at += 1;
      }
    }
    if (this.at >= this.text.length) this.whole = false;
    this.at += 1;
  }

  /** `$(…)`, whose brackets may hold others. */
  private substituted() {
    const from = this.at + 1;
    let open = 0;
    do {
      const char = this.text[this.at];
      if (char === '(') open += 1;
      if (char === ')') open -= 1;
      this.at += 1;
    } while (open > 0 && this.at < this.text.length);
    if (open > 0) this.whole = false;
    this.inner(this.text.slice(from, open > 0 ? this.at : this.at - 1));
  }

  /** What another command prints is unknown; that command itself is run all the same. */
  private inner(text: string) {
    this.add('');
    const { commands, whole } = readShell(text, this.depth + 1);
    this.commands.push(...commands);
    this.whole &&= whole;
  }

  private redirect(char: string) {
    // The number of what is redirected: `2>/dev/null`.
    if (this.word !== undefined && /^\d+$/.test(this.word)) this.word = undefined;
    this.endWord();
    this.target = char === '>' ? 'file' : 'argument';
    // `>>`, `<<<`, and `>&2`, which would end the command.
    while (/[<>&|]/.test(this.text[this.at + 1] ?? '')) {
      this.at += 1;
      if (this.text[this.at] === '&') this.target = 'descriptor';
    }
  }

  private endWord() {
    if (this.word === undefined) return;
    if (this.target === 'file') this.writes.push(this.word);
    if (this.target === 'argument') this.words.push(this.word);
    this.word = undefined;
    this.target = 'argument';
  }

  private endCommand() {
    this.endWord();
    if (this.words.length > 0 || this.writes.length > 0) this.commands.push({ words: this.words, writes: this.writes });
    this.words = [];
    this.writes = [];
    this.target = 'argument';
  }
}

/** The simple commands of a line or a script, those within `$(…)` and backticks too. Pure, total, and runs nothing. */
export const readShell = (text: string, depth = 0): ShellText =>
  depth > deepest ? { commands: [], whole: false } : new Reader(text, depth).read();
