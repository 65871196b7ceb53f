import type { Writable } from 'node:stream';

/** Terminals drop longer sequences, and some print them instead. */
const longest = 74_994;

/** Asks the terminal to take a text (OSC 52). It works over SSH and in tmux, and nobody can tell whether it was taken. */
export const clipboard = (stdout: Writable, text: string): boolean => {
  const encoded = Buffer.from(text).toString('base64');
  if (encoded.length > longest) return false;
  stdout.write(`\u001b]52;c;${encoded}\u0007`);
  return true;
};
