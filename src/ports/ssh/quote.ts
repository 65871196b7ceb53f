import { InvalidName } from '../../clean/names.js';

const plain = /^[\w@%+=:,./-]+$/;

/**
 * One word for the shell of a stranger: SSH carries a command as a single string (RFC 4254, 6.5), which the login
 * shell takes apart again.
 */
export const quoted = (word: string): string => {
  if (word.includes('\0')) throw new InvalidName('a word for a shell holds a NUL byte');
  return plain.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
};

export const commandLine = (argv: readonly string[]): string => argv.map(quoted).join(' ');
