import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Recorded } from '../corpus/take.ts';

interface Index {
  versions: Record<string, string>;
  files: Recorded[];
}

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Index;

/** Puts what the machine recorded of one profile beside the host's own recordings; the versions stay the host's. */
export async function bringHome(profile: string, from: string, to: string): Promise<number> {
  const [own, brought] = [read(join(to, 'index.json')), read(join(from, 'index.json'))];
  const fresh = brought.files.filter((one) => one.profile === profile && existsSync(join(from, one.file)));
  await rm(join(to, profile), { recursive: true, force: true });
  await cp(join(from, profile), join(to, profile), { recursive: true });
  const files = [...own.files.filter((one) => one.profile !== profile), ...fresh];
  const index: Index = { ...own, files: files.toSorted((a, b) => a.file.localeCompare(b.file)) };
  writeFileSync(join(to, 'index.json'), `${JSON.stringify(index, null, 1)}\n`);
  return fresh.length;
}
