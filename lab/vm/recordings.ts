import { existsSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readRecordings, writeRecordings } from '../corpus/recordings.ts';

/** Puts what the machine recorded of one profile beside the host's own recordings; the versions stay the host's. */
export async function bringHome(profile: string, from: string, to: string): Promise<number> {
  const [own, brought] = [readRecordings(to), readRecordings(from)];
  const fresh = brought.files.filter((one) => one.profile === profile && existsSync(join(from, one.file)));
  await rm(join(to, profile), { recursive: true, force: true });
  await cp(join(from, profile), join(to, profile), { recursive: true });
  const others = own.files.filter((one) => one.profile !== profile);
  writeRecordings(to, { versions: own.versions, files: [...others, ...fresh] });
  return fresh.length;
}
