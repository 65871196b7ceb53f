import { lstat, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../canonical.js';
import { unpackFiles } from './archive.js';
import { caps } from './caps.js';
import { type Index, readIndex } from './index-file.js';
import { asUniverseProblem, UniverseProblem } from './problem.js';

/** A universe as it lies on the disk, whole and verified. */
export interface Loaded extends Index {
  /** The whole lines of `index.ndjson`, as they are written. */
  readonly index: Uint8Array;
  /** By SHA-256. Only those that the index names. */
  readonly blobs: ReadonlyMap<string, Uint8Array>;
}

/** Reads one file of a universe, or answers `undefined` when it is not there. */
type Source = (name: string, cap: number) => Promise<Uint8Array | undefined>;

/**
 * Reads a recording: its folder, the folder of a session, or `NAME.universe.tar.zst`.
 *
 * @throws UniverseProblem when it is not one, or not whole
 */
export const loadUniverse = async (path: string): Promise<Loaded> => {
  try {
    const source = (await stat(path)).isDirectory() ? await folderSource(path) : await archiveSource(path);
    return await load(source, path);
  } catch (error) {
    throw asUniverseProblem(error, path);
  }
};

const load = async (source: Source, path: string): Promise<Loaded> => {
  const bytes = await source('index.ndjson', caps.index);
  if (!bytes) throw new UniverseProblem(path, 'is not a universe: it holds no index.ndjson');
  const index = readIndex(bytes, path);
  const blobs = new Map<string, Uint8Array>();
  let size = bytes.length;
  for (const name of new Set(index.lines.flatMap((line) => line.sha256 ?? []))) {
    const blob = await source(`blobs/${name}`, caps.blob);
    if (!blob) throw new UniverseProblem(path, `is damaged: the answer ${short(name)} is missing`);
    size += blob.length;
    if (size > caps.whole) throw new UniverseProblem(path, `is refused: it is larger than ${caps.whole} bytes`);
    if (sha256(blob) !== name) throw new UniverseProblem(path, `is damaged: the answer ${short(name)} was changed`);
    blobs.set(name, blob);
  }
  return { ...index, index: bytes.subarray(0, index.intact), blobs };
};

const short = (name: string) => name.slice(0, 12);

const isThere = (path: string) =>
  lstat(path).then(
    () => true,
    () => false,
  );

const folderSource = async (path: string): Promise<Source> => {
  const inside = join(path, 'universe');
  const folder = !(await isThere(join(path, 'index.ndjson'))) && (await isThere(inside)) ? inside : path;
  return async (name, cap) => {
    const file = join(folder, name);
    if (!(await isThere(file))) return undefined;
    // A link or a pipe in a folder of a stranger leads out of it or never ends.
    const { size, isPlain } = await lstat(file).then((entry) => ({ size: entry.size, isPlain: entry.isFile() }));
    if (!isPlain) throw new UniverseProblem(path, `is refused: ${name} in it is not a plain file`);
    if (size > cap) throw new UniverseProblem(path, `is refused: ${name} in it is larger than ${cap} bytes`);
    return readFile(file);
  };
};

const archiveSource = async (path: string): Promise<Source> => {
  const files = await unpackFiles(path);
  return async (name, cap) => {
    const bytes = files.get(name);
    if (bytes && bytes.length > cap)
      throw new UniverseProblem(path, `is refused: ${name} in it is larger than ${cap} bytes`);
    return bytes;
  };
};
