import { closeSync, fdatasync, openSync, renameSync, writeFileSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sha256 } from '../canonical.js';
import { type Index, readIndex } from './index-file.js';
import type { MarkLine, UniverseHeader, UniverseLine } from './line.js';
import { asUniverseProblem } from './problem.js';

export interface Entry {
  readonly line: UniverseLine | MarkLine;
  readonly blob?: Uint8Array | undefined;
}

export interface UniverseWriter {
  /** What the folder held before: a resumed session goes on in the same recording. */
  readonly before: Index;
  /**
   * Hands the entry to the operating system, blob first, so that it outlives this process. Entries keep their order.
   *
   * @throws UniverseProblem
   */
  write(entry: Entry): void;
  /** Resolves when everything is on the disk. Rejects with `UniverseProblem` where the disk lost something. */
  close(): Promise<void>;
}

/**
 * Opens a folder for recording, 0700 with files 0600. A line that a crash tore is cut off, a header is written
 * where there is none yet.
 *
 * @throws UniverseProblem when the folder cannot be written or holds something else
 */
export const openWriter = async (folder: string, header: UniverseHeader): Promise<UniverseWriter> => {
  try {
    await mkdir(join(folder, 'blobs'), { recursive: true, mode: 0o700 });
    // `a+` makes every write an append, whoever moved the position.
    const file = await open(join(folder, 'index.ndjson'), 'a+', 0o600);
    return await begin(file, folder, header).then(
      (before) => ({ before, ...appender(file, folder) }),
      async (error) => {
        await file.close();
        throw error;
      },
    );
  } catch (error) {
    throw asUniverseProblem(error, folder);
  }
};

const begin = async (file: FileHandle, folder: string, header: UniverseHeader): Promise<Index> => {
  const bytes = await file.readFile();
  const intact = bytes.lastIndexOf(0x0a) + 1;
  await file.truncate(intact);
  if (intact > 0) return readIndex(bytes, folder);
  await append(file, [header]);
  return { header, lines: [], marks: new Map(), intact: 0 };
};

const append = async (file: FileHandle, lines: readonly unknown[]) => {
  await file.appendFile(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  await file.datasync();
};

const sync = promisify(fdatasync);

const syncBlob = async (fd: number) => {
  try {
    await sync(fd);
  } finally {
    closeSync(fd);
  }
};

/**
 * Nobody waits for the disk: syncing goes on behind the answers, blobs before the index, and what comes in meanwhile
 * shares the next round. Written at once and not in the pool of threads, where a few bytes wait for the busy main thread
 * at each of five steps: on a loaded machine an answer stood there for 20 to 150 ms, and a write takes 0.1 ms.
 */
const appender = (file: FileHandle, folder: string) => {
  const kept = new Set<string>();
  const unsynced: number[] = [];
  let syncing: Promise<void> | undefined;
  let dirty = false;
  let lost: unknown;
  let closed = false;

  const keepBlob = (blob: Uint8Array) => {
    const name = sha256(blob);
    if (kept.has(name)) return;
    unsynced.push(writeUnsynced(join(folder, 'blobs', name), blob));
    kept.add(name);
  };
  const syncAll = async () => {
    try {
      while (dirty) {
        dirty = false;
        await Promise.all(unsynced.splice(0).map(syncBlob));
        await file.datasync();
      }
    } catch (error) {
      lost ??= asUniverseProblem(error, folder);
    } finally {
      syncing = undefined;
    }
  };
  return {
    write({ line, blob }: Entry) {
      // What is answered after the end of the session is no part of it.
      if (closed) return;
      if (lost !== undefined) throw lost;
      try {
        if (blob) keepBlob(blob);
        writeFileSync(file.fd, `${JSON.stringify(line)}\n`);
      } catch (error) {
        throw asUniverseProblem(error, folder);
      }
      dirty = true;
      syncing ??= syncAll();
    },
    async close() {
      closed = true;
      await syncing;
      for (const fd of unsynced.splice(0)) closeSync(fd);
      await file.close();
      if (lost !== undefined) throw lost;
    },
  };
};

/** The same as `writeWhole`, but for the sync, which is left to whoever gets the descriptor. */
const writeUnsynced = (path: string, bytes: Uint8Array) => {
  const fd = openSync(`${path}.partial`, 'w', 0o600);
  try {
    writeFileSync(fd, bytes);
    renameSync(`${path}.partial`, path);
    return fd;
  } catch (error) {
    closeSync(fd);
    throw error;
  }
};

/** A file that is there is there as a whole: written beside its place, synced, then renamed. Mode 0600. */
export const writeWhole = async (path: string, bytes: Uint8Array) => {
  const beside = `${path}.partial`;
  const file = await open(beside, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
};
