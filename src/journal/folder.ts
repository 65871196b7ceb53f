import { mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SessionView } from '../domain/session-view.js';
import { foldJournal } from './fold.js';
import { asProblem, JournalProblem } from './problem.js';
import { readJournal } from './read.js';

export interface SessionPlace {
  readonly id: string;
  readonly folder: string;
}

/** `stateDir` is what XDG calls the state home, or what `--state-dir` names. */
export const sessionsFolder = (stateDir: string) => join(stateDir, 'net-triage', 'sessions');

const stampOf = (now: number) =>
  new Date(now)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '');

const slugOf = (name: string) =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replaceAll(/^-+|-+$/g, '') || 'session';

const isTaken = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'EEXIST';

/**
 * Makes the folder of a new session, 0700, named after its start and its destination.
 *
 * @throws JournalProblem where it cannot be made
 */
export const createSession = (stateDir: string, about: { now: number; destination: string }): SessionPlace => {
  const base = `${stampOf(about.now)}-${slugOf(about.destination)}`;
  const parent = sessionsFolder(stateDir);
  try {
    makeFolder(parent);
    return firstFree(parent, base);
  } catch (error) {
    throw asProblem(error, parent);
  }
};

/** `recursive` of Node answers ENOENT for whatever keeps it from making a folder (libuv stats it afterwards). */
const makeFolder = (path: string): void => {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (isTaken(error)) return;
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    makeFolder(dirname(path));
    mkdirSync(path, { mode: 0o700 });
  }
};

const firstFree = (parent: string, base: string): SessionPlace => {
  for (let turn = 1; ; turn += 1) {
    const id = turn === 1 ? base : `${base}-${turn}`;
    try {
      mkdirSync(join(parent, id), { mode: 0o700 });
      return { id, folder: join(parent, id) };
    } catch (error) {
      if (!isTaken(error)) throw error;
    }
  }
};

/** One line of the session list. A damaged journal is listed with what is wrong with it. */
export interface SessionLine extends SessionPlace {
  readonly state: SessionView['state'] | 'damaged';
  readonly verdict: string | null;
  readonly damage: string | null;
}

const verdictOf = ({ verdict }: SessionView) => {
  if (!verdict) return null;
  const [best] = verdict.causes;
  return verdict.result === 'fault' && best ? `fault ${best.id} ${best.certainty}, ${best.subject}` : verdict.result;
};

const describe = (place: SessionPlace): SessionLine => {
  try {
    const view = foldJournal(readJournal(place.folder).events);
    return { ...place, state: view.state, verdict: verdictOf(view), damage: null };
  } catch (error) {
    const problem = error instanceof JournalProblem ? error : asProblem(error, place.folder);
    return { ...place, state: 'damaged', verdict: null, damage: problem.message };
  }
};

/** Start time first, so that `-2` comes after its first-born and before a later second. */
const newestFirst = (a: SessionPlace, b: SessionPlace) => {
  const [left, right] = [a.id, b.id].map((id) => id.split('-')[0] ?? '') as [string, string];
  if (left !== right) return left < right ? 1 : -1;
  return b.id.localeCompare(a.id, 'en', { numeric: true });
};

/** Every session folder, newest first. No folder yet means no session yet. */
export const listSessions = (stateDir: string): SessionLine[] => {
  const parent = sessionsFolder(stateDir);
  try {
    return readdirSync(parent, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => ({ id: name, folder: join(parent, name) }))
      .toSorted(newestFirst)
      .map(describe);
  } catch (error) {
    const problem = asProblem(error, parent);
    if (problem.code === 'missing') return [];
    throw problem;
  }
};
