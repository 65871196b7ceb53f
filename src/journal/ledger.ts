import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type Removal, resourceSchema } from '../domain/resource.js';
import { writeAtomic } from './atomic.js';

/** Something in a cluster that a process of this machine has made and not removed, as far as it came to write it down. */
const entrySchema = z.strictObject({
  resource: resourceSchema,
  session: z.string(),
  context: z.string().nullable(),
  apiHost: z.string(),
  maker: z.strictObject({ pid: z.int(), host: z.string() }),
});
export type LedgerEntry = z.infer<typeof entrySchema>;

const folderOf = (stateDir: string) => join(stateDir, 'net-triage', 'made');

type Named = Pick<Removal, 'kind' | 'namespace' | 'pod' | 'container'>;

const fileOf = (stateDir: string, apiHost: string, { kind, namespace, pod, container }: Named) => {
  const key = [apiHost, kind, namespace, pod, container].join('\n');
  return join(folderOf(stateDir), `${createHash('sha256').update(key).digest('hex').slice(0, 24)}.json`);
};

/**
 * What is in clusters because of this machine, one file each: a process that is killed leaves its file behind,
 * and whoever starts next need not read every journal to know. A disk that holds nothing is no reason to stop;
 * the journal says what it could not keep.
 */
export const ledgerIn = (stateDir: string) => {
  const quietly = (write: () => void) => {
    try {
      write();
    } catch {
      // Whatever the disk says; the cluster is asked as well, by label.
    }
  };
  return {
    note(entry: Omit<LedgerEntry, 'maker'>, pid: number) {
      const whole: LedgerEntry = { ...entry, maker: { pid, host: hostname() } };
      quietly(() => writeAtomic(fileOf(stateDir, entry.apiHost, entry.resource), JSON.stringify(whole)));
    },
    forget: (apiHost: string, named: Named) => quietly(() => rmSync(fileOf(stateDir, apiHost, named), { force: true })),
    /** What no living process of this machine answers for. */
    orphans(isAlive: (pid: number) => boolean): LedgerEntry[] {
      return filesIn(folderOf(stateDir))
        .flatMap(readEntry)
        .filter(({ maker }) => maker.host === hostname() && !isAlive(maker.pid));
    },
  };
};
export type Ledger = ReturnType<typeof ledgerIn>;

const filesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
};

const readEntry = (path: string): LedgerEntry[] => {
  try {
    return [entrySchema.parse(JSON.parse(readFileSync(path, 'utf8')))];
  } catch {
    // Half written by a full disk, or by another version.
    return [];
  }
};
