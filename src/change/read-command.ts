import { dangersIn } from '../domain/dangers.js';
import { readShell } from '../domain/shell-words.js';
import type { Change, ReadChange, TextOnly } from './change.js';
import { forms } from './forms.js';
import { readWords } from './words.js';

/** Verbs that change nothing. */
const reading = new Set(['get', 'describe', 'logs', 'explain', 'top', 'auth', 'version']);

// PORT_THAT_THE_PODS_SERVE, KIND/NAME
const blank = /\b[A-Z]+(?:_[A-Z]+)+\b|\b(?:NAME|KIND|NAMESPACE)\b/;
const comment = /(?:^|\s)#/;
// What only a shell can do; quoted text is taken out before.
const shellOnly = /[`$]|&&|\|\||[;|&]|(?<!<)<<?(?!<)|>/;

const withoutQuotes = (line: string) => line.replaceAll(/'[^']*'|"[^"]*"/g, "''");

/** The text behind `<<<`, which a command reads from its standard input. */
const hereString = /\s<<<\s+'([^']*)'\s*$/;

const assignment = /\b[A-Z_]+=/g;
const notRead = (line: string, otherwise: TextOnly): TextOnly =>
  blank.test(line.replaceAll(assignment, '')) ? 'blank' : otherwise;

/** Anything that a shell would do beyond running one program with these words. */
const beyondOneCommand = (line: string): TextOnly | undefined => {
  const bare = withoutQuotes(line);
  if (comment.test(bare)) return 'choice';
  return shellOnly.test(bare.replaceAll('<<<', '')) || line.includes('\n') ? 'several' : undefined;
};

const oneProgram = (line: string): readonly string[] | undefined => {
  const { commands, whole } = readShell(line);
  const [only, ...others] = commands;
  return whole && only && others.length === 0 && only.writes.length === 0 ? only.words : undefined;
};

const isChange = (read: Change | TextOnly): read is Change => typeof read === 'object';

const fromKubectl = (words: readonly string[], { line, input }: { line: string; input: string | undefined }) => {
  const kubectl = readWords(words);
  if (!kubectl) return notRead(line, 'unreadable');
  if (reading.has(kubectl.verb)) return 'reads-only';
  const form = Object.hasOwn(forms, kubectl.verb) ? forms[kubectl.verb] : undefined;
  if (!form) return notRead(line, 'verb');
  const read = form({ ...kubectl, input });
  return isChange(read) ? read : notRead(line, read);
};

const readLine = (line: string): Change | TextOnly => {
  if (dangersIn(line).length > 0) return 'danger';
  const input = hereString.exec(line)?.[1];
  const command = input === undefined ? line : line.replace(hereString, '');
  const beyond = beyondOneCommand(command);
  if (beyond) return beyond;
  const [program, ...words] = oneProgram(command) ?? [];
  if (program === undefined) return 'unreadable';
  return program === 'kubectl' ? fromKubectl(words, { line, input }) : 'elsewhere';
};

interface Command {
  /** Filled in; a line of the catalogue, or a sentence in its place. */
  readonly command: string;
  readonly severity: number;
  /** The command is a sentence for a person. */
  readonly inWords: boolean;
}

/**
 * The change that a remedy's command makes, as data; or why it stays a text for a person. Pure and total: nothing is
 * run, and what is not understood to its last word is never a change.
 */
export const readChange = ({ command, severity, inWords }: Command): ReadChange => {
  if (inWords) return { textOnly: 'sentence' };
  if (severity === 0) return { textOnly: 'reads-only' };
  if (severity >= 3) return { textOnly: 'far-reaching' };
  const read = readLine(command.trim());
  return isChange(read) ? { change: read } : { textOnly: read };
};
