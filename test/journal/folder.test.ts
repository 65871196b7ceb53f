import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openJournal } from '../../src/journal/append.js';
import { createSession, listSessions, sessionsFolder } from '../../src/journal/folder.js';
import { JournalProblem } from '../../src/journal/problem.js';
import { cartHappenings, journalOptions, stateDir } from '../support/session-view.js';

const now = Date.UTC(2026, 10, 21, 2, 14, 4, 900);

describe('createSession', () => {
  it('names the folder after the UTC start and the destination, readable by its owner only', () => {
    const { id, folder } = createSession(stateDir(), { now, destination: 'cart' });
    expect(id).toBe('20261121T021404Z-cart');
    expect(basename(folder)).toBe(id);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('adds a number when the name is taken', () => {
    const state = stateDir();
    const ids = [1, 2, 3].map(() => createSession(state, { now, destination: 'cart' }).id);
    expect(ids).toEqual(['20261121T021404Z-cart', '20261121T021404Z-cart-2', '20261121T021404Z-cart-3']);
  });

  it.each([
    ['../../etc/passwd', '20261121T021404Z-etc-passwd'],
    ['购物车', '20261121T021404Z-session'],
    ['www.Example.com', '20261121T021404Z-www-example-com'],
  ])('makes a harmless name of %s', (destination, id) => {
    expect(createSession(stateDir(), { now, destination }).id).toBe(id);
  });

  it('says what to do where no folder can be made', () => {
    const state = stateDir();
    writeFileSync(join(state, 'net-triage'), 'in the way');
    expect(() => createSession(state, { now, destination: 'cart' })).toThrow(JournalProblem);
  });
});

describe('listSessions', () => {
  it('is empty before the first session', () => expect(listSessions(stateDir())).toEqual([]));

  it('lists newest first, with state and verdict, and shows a damaged one as damaged', () => {
    const state = stateDir();
    const write = (minutes: number, events: ReturnType<typeof cartHappenings>) => {
      const { folder } = createSession(state, { now: now + minutes * 60_000, destination: 'cart' });
      const journal = openJournal(folder, journalOptions());
      for (const event of events) journal.append(event);
      journal.close();
      return folder;
    };
    const all = cartHappenings();
    const paused = all.findIndex(({ type }) => type === 'session.paused');
    write(0, all);
    write(1, all.slice(0, paused + 1));
    write(2, all.slice(0, 4));
    writeFileSync(join(write(3, all), 'session.ndjson'), '{}\n{}\n');
    mkdirSync(join(sessionsFolder(state), '20261121T021804Z-empty'));

    const lines = listSessions(state);
    expect(lines.map(({ id, state: at, verdict }) => [id, at, verdict])).toEqual([
      ['20261121T021804Z-empty', 'damaged', null],
      ['20261121T021704Z-cart', 'damaged', null],
      ['20261121T021604Z-cart', 'running', null],
      ['20261121T021504Z-cart', 'paused', null],
      ['20261121T021404Z-cart', 'ended', 'fault SVC-01 probable, Service shop/cart'],
    ]);
    expect(lines[1]?.damage).toContain('line 1');
  });
});
