import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { unfinished, writeAtomic } from './atomic.js';
import { sha256 } from './chain.js';

export const manifestName = 'manifest-sha256.txt';

const isLeftOut = (file: string) => {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return file === manifestName || name.startsWith('session.lock') || name.startsWith(unfinished);
};

/** Everything in a session folder that the manifest answers for, by its path with slashes. */
export const bundleFiles = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => ({
      file: join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
      plain: entry.isFile(),
    }))
    .filter(({ file }) => !isLeftOut(file))
    .toSorted((a, b) => (a.file < b.file ? -1 : 1));

/** Writes the hashes of all files of the bundle, in the form that `sha256sum -c` reads. */
export const writeManifest = (folder: string) => {
  const lines = bundleFiles(folder)
    .filter(({ plain }) => plain)
    .map(({ file }) => `${sha256(readFileSync(join(folder, file)))}  ${file}\n`);
  writeAtomic(join(folder, manifestName), lines.join(''));
};

/** One line: 64 hexadecimal digits, two spaces, the path. */
export const readManifest = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, hash, file] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
      return hash === undefined || file === undefined ? { line, hash: null, file: line } : { line, hash, file };
    });
