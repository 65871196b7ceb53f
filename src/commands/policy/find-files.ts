import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Io } from '../io.js';
import { UsageProblem } from '../io.js';

export interface SourceText {
  /** As the operator wrote it, and below that the way to the file; `-` is what came in. */
  readonly source: string;
  readonly text: string;
}

const isManifest = (name: string) => /\.(ya?ml|json)$/i.test(name);

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'this user may not read it',
  EPERM: 'this user may not read it',
  ELOOP: 'its links lead in a circle',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EMFILE: 'too many files are open',
};

const why = (error: unknown) => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? (code || String(error));
};

const filesIn = async (folder: string, shown: string): Promise<[path: string, shown: string][]> => {
  const entries = await readdir(folder, { withFileTypes: true });
  const sorted = entries.sort((one, other) => (one.name < other.name ? -1 : 1));
  const nested = await Promise.all(
    sorted.map(async (entry) => {
      const [path, name] = [join(folder, entry.name), join(shown, entry.name)];
      if (entry.isDirectory()) return filesIn(path, name);
      return entry.isFile() || (entry.isSymbolicLink() && isManifest(entry.name))
        ? [[path, name] as [string, string]]
        : [];
    }),
  );
  return nested.flat().filter(([path]) => isManifest(path));
};

const readStdin = async ({ stdin }: Pick<Io, 'stdin'>) => {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
};

const filesAt = async (path: string, { cwd }: Pick<Io, 'cwd'>): Promise<[path: string, shown: string][]> => {
  const place = resolve(cwd, path);
  // A file that is named is read, whatever its ending.
  return (await stat(place)).isDirectory() ? filesIn(place, path) : [[place, path]];
};

/** Every manifest below the paths, in the order in which they were named. `-` is the standard input. */
export const readSources = async (paths: readonly string[], io: Pick<Io, 'cwd' | 'stdin'>): Promise<SourceText[]> => {
  const found: SourceText[] = [];
  for (const path of paths) {
    try {
      if (path === '-') found.push({ source: '-', text: await readStdin(io) });
      else
        for (const [file, source] of await filesAt(path, io))
          found.push({ source, text: await readFile(file, 'utf8') });
    } catch (error) {
      throw new UsageProblem(`${path} cannot be read: ${why(error)}.`);
    }
  }
  return found;
};
