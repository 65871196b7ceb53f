import { type FileHandle, mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
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
  /** Resolves when the entry is on the disk. Entries keep their order. */
  write(entry: Entry): Promise<void>;
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

/** Blobs go to the disk before the lines that name them; what comes in meanwhile shares the next sync. */
const appender = (file: FileHandle, folder: string) => {
  const queue: Entry[] = [];
  const kept = new Set<string>();
  let flushing: Promise<void> | undefined;

  const keepBlob = async ({ blob }: Entry) => {
    if (!blob) return;
    const name = sha256(blob);
    if (kept.has(name)) return;
    kept.add(name);
    await writeWhole(join(folder, 'blobs', name), blob);
  };
  const flush = async () => {
    try {
      while (queue.length > 0) {
        const batch = queue.splice(0);
        await Promise.all(batch.map(keepBlob));
        await append(
          file,
          batch.map((entry) => entry.line),
        );
      }
    } catch (error) {
      throw asUniverseProblem(error, folder);
    } finally {
      flushing = undefined;
    }
  };
  return {
    write(entry: Entry) {
      queue.push(entry);
      flushing ??= flush();
      return flushing;
    },
    async close() {
      await flushing;
      await file.close();
    },
  };
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
