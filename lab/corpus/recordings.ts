import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Recorded } from './take.ts';

/** What lies beside the recordings of a folder. */
export interface Recordings {
  /** Of the programs, by their names. */
  versions: Record<string, string>;
  files: Recorded[];
}

const indexOf = (folder: string) => join(folder, 'index.json');

export function readRecordings(folder: string): Recordings {
  if (!existsSync(indexOf(folder))) return { versions: {}, files: [] };
  return JSON.parse(readFileSync(indexOf(folder), 'utf8')) as Recordings;
}

export function writeRecordings(folder: string, { versions, files }: Recordings): void {
  const index = { versions, files: files.toSorted((a, b) => a.file.localeCompare(b.file)) };
  writeFileSync(indexOf(folder), `${JSON.stringify(index, null, 1)}\n`);
}
