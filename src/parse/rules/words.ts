const escaped = /\\(.)/g;

/** The words of a line of iptables-save. Only comments are quoted, with backslashes before quotes (xtables_save_string). */
export const wordsOf = (line: string): string[] => {
  if (!line.includes('"')) return line.split(' ').filter((word) => word !== '');
  const words: string[] = [];
  for (const [word] of line.matchAll(/"(?:[^"\\]|\\.)*"|[^\s"]+/g))
    words.push(word.startsWith('"') ? word.slice(1, -1).replace(escaped, '$1') : word);
  return words;
};
