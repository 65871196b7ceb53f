import { existsSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/clean/redact.js';
import { openJournal } from '../../src/journal/append.js';
import { genesis, hashOf } from '../../src/journal/chain.js';
import { openFile } from '../../src/journal/file.js';
import { createSession } from '../../src/journal/folder.js';
import { asProblem } from '../../src/journal/problem.js';
import { readJournal } from '../../src/journal/read.js';
import { cartHappenings, cartHeader, journalOptions, stateDir, writeCartSession } from '../support/session-view.js';

const newFolder = () => createSession(stateDir(), { now: 0, destination: 'cart' }).folder;
const note = (text: string) => ({ type: 'note.added', actor: 'operator', data: { text } }) as const;
const file = (folder: string) => join(folder, 'session.ndjson');

describe('openJournal', () => {
  it('chains every event to the one before it and reads back what it answered', () => {
    const folder = newFolder();
    const journal = openJournal(folder, journalOptions());
    const told = cartHappenings().map((happening) => journal.append(happening));
    journal.close();
    expect(told.map(({ seq }) => seq)).toEqual(told.map((_, at) => at));
    expect(told.map(({ prev }) => prev)).toEqual([genesis, ...told.slice(0, -1).map(({ hash }) => hash)]);
    expect(told.every((event) => hashOf(event) === event.hash)).toBe(true);
    expect(readJournal(folder).events).toEqual(told);
    expect(statSync(file(folder)).mode & 0o777).toBe(0o600);
  });

  it('writes the same bytes for the same session', () => {
    const [first, second] = [writeCartSession(), writeCartSession()].map((folder) =>
      readFileSync(file(folder), 'utf8'),
    );
    expect(first).toBe(second);
  });

  it('continues where another process stopped', () => {
    const folder = writeCartSession();
    const before = readJournal(folder);
    const journal = openJournal(folder, journalOptions());
    const event = journal.append(note('the label is back'));
    expect(event).toMatchObject({ seq: before.events.length, prev: before.root });
    expect(journal.root).toBe(event.hash);
  });

  it('keeps control sequences and secrets out of the file', () => {
    const redactor = createRedactor({ profile: 'default', salt: 'salt of one bundle' });
    const canaries = ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYXJ0In0.c2lnbmF0dXJl', 'hunter2canary', 'AKIAIOSFODNN7EXAMPLE'];
    const [jwt, password, cloud] = canaries;
    const happenings = [
      ...cartHappenings(
        cartHeader({ argv: ['run', '--token', jwt ?? ''], incident: { id: null, reason: `Bearer ${jwt}` } }),
      ),
      note(`\u001b[2Jcurl https://cart:${password}@shop.example/ failed with key ${cloud}`),
    ];
    const text = readFileSync(file(writeCartSession(happenings, { redact: (data) => redactor.value(data) })), 'utf8');
    for (const canary of canaries) expect(text).not.toContain(canary);
    expect(text).not.toContain('u001b');
    expect(text).toContain('shop.example');
  });

  it('refuses what the schema does not know', () => {
    const journal = openJournal(newFolder(), journalOptions());
    expect(() => journal.append({ type: 'note.added', actor: 'operator', data: { words: 'x' } as never })).toThrow(
      /words/,
    );
    expect(journal.events).toEqual([]);
  });
});

describe('the lock', () => {
  it('lets only one process write', () => {
    const folder = newFolder();
    openJournal(folder, journalOptions()).append(note('first'));
    const other = journalOptions({ self: { pid: 9, isAlive: (pid) => pid === 4711 } });
    expect(() => openJournal(folder, other)).toThrow(/process 4711/);
  });

  it('is free after closing', () => {
    const folder = newFolder();
    openJournal(folder, journalOptions()).close();
    openJournal(folder, journalOptions()).close();
    expect(existsSync(join(folder, 'session.lock'))).toBe(false);
  });

  it('is taken over from a process that is gone', () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'session.lock'), JSON.stringify({ pid: 12, host: hostname() }));
    const journal = openJournal(folder, journalOptions());
    journal.append(note('after the crash'));
    expect(journal.degraded).toBe(false);
  });

  it.each([
    ['on another host', JSON.stringify({ pid: 12, host: 'another-host' })],
    ['that names nobody', ''],
  ])('is respected %s', (_, holder) => {
    const folder = newFolder();
    writeFileSync(join(folder, 'session.lock'), holder);
    expect(() => openJournal(folder, journalOptions())).toThrow(/session\.lock/);
  });

  it('notices a writer that came in without it, and adds nothing to its lines', () => {
    const folder = newFolder();
    const journal = openJournal(folder, journalOptions());
    journal.append(note('ours'));
    writeFileSync(file(folder), 'theirs\n', { flag: 'a' });
    journal.append(note('kept in memory'));
    expect(journal.problem).toMatchObject({ code: 'locked' });
    expect(readFileSync(file(folder), 'utf8')).toMatch(/theirs\n$/);
  });
});

describe('a disk that refuses', () => {
  it.skipIf(!existsSync('/dev/full'))('full: is told as such by a real device', () => {
    const folder = newFolder();
    symlinkSync('/dev/full', file(folder));
    const disk = openFile(folder, 0);
    const write = () => {
      try {
        disk.write('one line\n');
      } catch (error) {
        throw asProblem(error, folder, { onDisk: 0, total: 1 });
      }
    };
    expect(write).toThrow(/The disk is full: .* 0 of 1 events are on disk/);
  });

  it('full for a while: goes on in memory and writes what is missing once there is room', () => {
    const folder = newFolder();
    let room = true;
    const disk: typeof openFile = (...place) => {
      const real = openFile(...place);
      const write = (text: string) => {
        if (!room) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
        real.write(text);
      };
      return { ...real, write };
    };
    const journal = openJournal(folder, journalOptions({ disk }));
    journal.append(note('one'));
    room = false;
    journal.append(note('two'));
    journal.append(note('three'));
    expect(journal.problem?.message).toContain('1 of 3 events are on disk');
    expect(readJournal(folder).events).toHaveLength(1);
    room = true;
    journal.append(note('four'));
    expect(journal.degraded).toBe(false);
    expect(readJournal(folder).events).toEqual(journal.events);
  });

  it('gone: goes on in memory', () => {
    const folder = newFolder();
    rmSync(folder, { recursive: true });
    const journal = openJournal(folder, journalOptions());
    expect(journal.append(note('one')).seq).toBe(0);
    expect(journal.problem).toMatchObject({ code: 'missing' });
  });
});
