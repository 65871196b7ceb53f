import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { JournalProblem } from './problem.js';

/** The process that wants to write, and how it tells whether another one lives. */
export interface Self {
  readonly pid: number;
  isAlive(pid: number): boolean;
}

const holderSchema = z.strictObject({ pid: z.int(), host: z.string() });
type Holder = z.infer<typeof holderSchema>;

const readHolder = (path: string): Holder | null => {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
};

const failedWith = (error: unknown, errno: string) => error instanceof Error && 'code' in error && error.code === errno;

/** A holder on another host may live: state folders are sometimes on a network disk. */
const isStale = (holder: Holder | null, self: Self): holder is Holder =>
  holder !== null && holder.host === hostname() && !self.isAlive(holder.pid);

/** Renaming first makes sure that of two who find the same stale lock only one removes it. */
const removeStale = (path: string, self: Self) => {
  const aside = `${path}.stale-${self.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (failedWith(error, 'ENOENT')) return;
    throw error;
  }
  const renamed = readHolder(aside);
  if (isStale(renamed, self)) rmSync(aside);
  else renameSync(aside, path);
};

const tryLock = (path: string, self: Self) => {
  try {
    const holder: Holder = { pid: self.pid, host: hostname() };
    writeFileSync(path, JSON.stringify(holder), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (!failedWith(error, 'EEXIST')) throw error;
    return false;
  }
};

/**
 * Keeps every other process from appending; answers with the way to let go.
 *
 * @throws JournalProblem `locked` while its holder lives or cannot be named
 */
export const takeLock = (folder: string, self: Self): (() => void) => {
  const path = join(folder, 'session.lock');
  const letGo = () => {
    if (readHolder(path)?.pid === self.pid) rmSync(path, { force: true });
  };
  if (tryLock(path, self)) return letGo;
  const holder = readHolder(path);
  if (isStale(holder, self)) {
    removeStale(path, self);
    if (tryLock(path, self)) return letGo;
  }
  throw new JournalProblem('locked', folder, {
    because: holder ? `process ${holder.pid} on ${holder.host}` : 'its lock is unreadable',
  });
};

/** Whether somebody writes it, or may: a holder on another machine cannot be asked, an unreadable one may be anybody. */
export const isHeld = (folder: string, self: Self): boolean => {
  const path = join(folder, 'session.lock');
  if (!existsSync(path)) return false;
  const holder = readHolder(path);
  return holder === null || holder.host !== hostname() || self.isAlive(holder.pid);
};
