import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';
import { packTar, unpackTar } from 'modern-tar';
import { caps } from './caps.js';
import { UniverseProblem } from './problem.js';

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

export type Files = ReadonlyMap<string, Uint8Array>;

/** The bytes of `NAME.universe.tar.zst`: the same for the same files, whenever and wherever they are packed. */
export const packFiles = async (files: Files): Promise<Uint8Array> => {
  const entries = [...files]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, body]) => ({
      header: { name, size: body.length, type: 'file' as const, mode: 0o600, mtime: new Date(0), uid: 0, gid: 0 },
      body,
    }));
  const params = { [constants.ZSTD_c_compressionLevel]: 12, [constants.ZSTD_c_checksumFlag]: 1 };
  return compress(await packTar(entries), { params });
};

/**
 * The files of an archive, by name. Nothing touches the disk.
 *
 * @throws UniverseProblem for whatever is not a plain archive of a universe
 */
export const unpackFiles = async (path: string): Promise<Files> => {
  if ((await stat(path)).size > caps.archive) throw tooLarge(path);
  const tar = await decompressed(await readFile(path), path);
  const entries = await unpackTar(tar, { strict: true }).catch((cause) => {
    throw new UniverseProblem(path, 'is damaged: its archive cannot be read', { cause });
  });
  const files = new Map<string, Uint8Array>();
  for (const { header, data } of entries) {
    const name = header.name.replace(/^(\.\/)+/, '');
    if (header.type === 'directory' && (name === '' || /^blobs\/?$/.test(name))) continue;
    if (header.type !== 'file' || !/^(index\.ndjson|blobs\/[0-9a-f]{64})$/.test(name))
      throw new UniverseProblem(path, 'is refused: its archive holds something other than an index and its answers');
    if (files.has(name)) throw new UniverseProblem(path, `is refused: its archive holds ${name} twice`);
    files.set(name, data ?? new Uint8Array());
  }
  return files;
};

const decompressed = async (bytes: Uint8Array, path: string) => {
  try {
    return await decompress(bytes, { maxOutputLength: caps.whole });
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(path);
    throw new UniverseProblem(path, 'is not a universe: it is neither a folder nor a whole .tar.zst file', { cause });
  }
};

const tooLarge = (path: string) => new UniverseProblem(path, `is refused: it is larger than ${caps.whole} bytes`);
