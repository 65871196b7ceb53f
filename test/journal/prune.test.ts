import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listSessions, sessionsFolder } from '../../src/journal/folder.js';
import { prune, toPrune } from '../../src/journal/prune.js';
import { stateDir } from '../support/session-view.js';

const day = 86_400_000;
const now = Date.UTC(2026, 10, 21, 12);
const self = { pid: 1, isAlive: (pid: number) => pid === 4711 };

/** Sessions by their age in days, newest first. */
const aged = (...ages: readonly number[]) => {
  const state = stateDir();
  const ids = ages.map(
    (age) => `${new Date(now - age * day).toISOString().slice(0, 10).replaceAll('-', '')}T120000Z-cart`,
  );
  for (const [at, id] of ids.entries()) {
    const folder = join(sessionsFolder(state), id);
    mkdirSync(folder, { recursive: true });
    const journal = join(folder, 'session.ndjson');
    writeFileSync(journal, '');
    const written = new Date(now - (ages[at] ?? 0) * day);
    utimesSync(journal, written, written);
  }
  const lock = (id: string | undefined, holder: string) =>
    writeFileSync(join(sessionsFolder(state), id ?? '', 'session.lock'), holder);
  return { state, ids, lock, lines: () => listSessions(state) };
};
const gone = (...[lines, options]: [Parameters<typeof toPrune>[0], Partial<Parameters<typeof toPrune>[1]>]) =>
  toPrune(lines, { now, self, ...options }).gone.map(({ id }) => id);

describe('what goes', () => {
  const { lines, ids } = aged(1, 5, 40, 90);

  it('by age', () => expect(gone(lines(), { olderThan: 30 * day })).toEqual(ids.slice(2)));
  it('by count', () => expect(gone(lines(), { keep: 1 })).toEqual(ids.slice(1)));
  it('by both, only what either would let go', () => {
    expect(gone(lines(), { olderThan: 30 * day, keep: 3 })).toEqual(ids.slice(3));
    expect(gone(lines(), { olderThan: 2 * day, keep: 2 })).toEqual(ids.slice(2));
  });
});

describe('a session that is written', () => {
  it.each([
    ['by a living process', JSON.stringify({ pid: 4711, host: hostname() })],
    ['by another machine, which nobody can ask', JSON.stringify({ pid: 7, host: 'elsewhere.example' })],
    ['by nobody knows whom', 'not json'],
  ])('%s stays', (_, holder) => {
    const { lines, ids, lock } = aged(90, 91);
    lock(ids[0], holder);
    const found = toPrune(lines(), { now, self, olderThan: day });
    expect([found.gone.map(({ id }) => id), found.running.map(({ id }) => id)]).toEqual([[ids[1]], [ids[0]]]);
  });

  it('by a process that has died goes', () => {
    const { lines, ids, lock } = aged(90);
    lock(ids[0], JSON.stringify({ pid: 99, host: hostname() }));
    expect(gone(lines(), { olderThan: day })).toEqual(ids);
  });

  it('was gone on with lately, and stays, however long ago it began', () => {
    const { state, lines, ids } = aged(90);
    const fresh = new Date(now - day / 2);
    utimesSync(join(sessionsFolder(state), ids[0] ?? '', 'session.ndjson'), fresh, fresh);
    expect(gone(lines(), { olderThan: day })).toEqual([]);
  });
});

it('removes what was chosen and nothing outside the folder of sessions', () => {
  const { state, lines, ids } = aged(1, 90);
  const found = toPrune(lines(), { now, self, olderThan: 30 * day });
  const [line] = found.gone;
  if (!line) throw new Error('nothing was chosen');
  const outside = stateDir();
  prune(state, { ...found, gone: [...found.gone, { ...line, folder: outside }] });
  expect(lines().map(({ id }) => id)).toEqual(ids.slice(0, 1));
  expect(existsSync(outside)).toBe(true);
});
