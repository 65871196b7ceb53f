import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { packFiles } from './archive.js';
import { loadUniverse } from './load.js';
import { asUniverseProblem, UniverseProblem } from './problem.js';
import { writeWhole } from './writer.js';

/**
 * Packs a recording into one file, mode 0600. Only what the index names goes in; a torn last line stays behind.
 *
 * @throws UniverseProblem when the recording is not whole, or the file cannot be written
 */
export const packUniverse = async (folder: string, file: string) => {
  const { index, blobs } = await loadUniverse(folder);
  const named = [...blobs].map(([name, bytes]) => [`blobs/${name}`, bytes] as const);
  const packed = await packFiles(new Map([['index.ndjson', index], ...named]));
  await writing(file, () => writeWhole(file, packed));
};

/**
 * Unpacks a file into a new or empty folder.
 *
 * @throws UniverseProblem when the file is not a whole universe, or the folder holds something already
 */
export const unpackUniverse = async (file: string, folder: string) => {
  const { index, blobs } = await loadUniverse(file);
  await writing(folder, async () => {
    await mkdir(join(folder, 'blobs'), { recursive: true, mode: 0o700 });
    const there = [...(await readdir(folder)), ...(await readdir(join(folder, 'blobs')))];
    if (there.length > 1) throw new UniverseProblem(folder, 'is not unpacked, because the folder is not empty');
    for (const [name, bytes] of blobs) await writeWhole(join(folder, 'blobs', name), bytes);
    await writeWhole(join(folder, 'index.ndjson'), index);
  });
};

const writing = async (place: string, write: () => Promise<void>) => {
  try {
    await write();
  } catch (error) {
    throw asUniverseProblem(error, place);
  }
};
