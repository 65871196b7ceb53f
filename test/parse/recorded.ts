import { readFileSync } from 'node:fs';

/** What a real program said, by tool and name; both streams where it used both. */
export const recorded = (tool: string, name: string): string => {
  const at = (file: string) => new URL(`../fixtures/${tool}/${file}`, import.meta.url);
  const stdout = readFileSync(at(`${name}.txt`), 'utf8');
  try {
    return `${stdout}\n${readFileSync(at(`${name}.stderr.txt`), 'utf8')}`;
  } catch {
    return stdout;
  }
};
