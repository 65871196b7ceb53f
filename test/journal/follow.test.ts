import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openJournal } from '../../src/journal/append.js';
import { beginning, followJournal, newEvents } from '../../src/journal/follow.js';
import { cartHappenings, journalOptions, stateDir, writeCartSession } from '../support/session-view.js';

const whole = writeCartSession();
const bytes = readFileSync(join(whole, 'session.ndjson'));

const empty = () => {
  const folder = stateDir();
  writeFileSync(join(folder, 'session.ndjson'), '');
  return folder;
};

describe('what is new', () => {
  it('is handed out once, and half a line only when it is whole', () => {
    const folder = empty();
    const path = join(folder, 'session.ndjson');
    let place = beginning;
    let seen = 0;
    for (let at = 0; at < bytes.length; at += 97) {
      appendFileSync(path, bytes.subarray(at, at + 97));
      const found = newEvents(folder, place);
      expect(found.events.map(({ seq }) => seq)).toEqual(found.events.map((_, n) => seen + n));
      seen += found.events.length;
      ({ place } = found);
    }
    expect(seen).toBe(cartHappenings().length);
  });

  it('after a torn line was cut off is what stands there instead', () => {
    const folder = empty();
    const path = join(folder, 'session.ndjson');
    const first = bytes.indexOf(0x0a) + 1;
    appendFileSync(path, bytes.subarray(0, first + 10));
    const { place, events } = newEvents(folder, beginning);
    truncateSync(path, first);
    appendFileSync(path, bytes.subarray(first));
    expect(events.length + newEvents(folder, place).events.length).toBe(cartHappenings().length);
  });

  it('is refused where it does not continue what was there', () => {
    const folder = empty();
    const changed = bytes.toString('utf8').replace('Deployment cart got', 'Deployment cart lost');
    writeFileSync(join(folder, 'session.ndjson'), changed);
    expect(() => newEvents(folder, beginning)).toThrow(/line \d+: its content does not match its hash/);
  });
});

describe('following', () => {
  const told = async (folder: string, isWritten: () => boolean, signal = new AbortController().signal) => {
    const types: string[] = [];
    for await (const { type } of followJournal(folder, { signal, everyMs: 1, isWritten })) types.push(type);
    return types;
  };

  it('goes on while somebody writes, takes no lock, and ends with the session', async () => {
    const folder = stateDir();
    const journal = openJournal(folder, journalOptions());
    const waiting = cartHappenings();
    const write = () => {
      const next = waiting.shift();
      if (next) journal.append(next);
      return true;
    };
    expect(await told(folder, write)).toEqual(cartHappenings().map(({ type }) => type));
    journal.close();
  });

  it('ends when the writer has died, with the last it wrote', async () => {
    const happenings = cartHappenings().slice(0, 5);
    const folder = writeCartSession(happenings);
    expect(await told(folder, () => false)).toEqual(happenings.map(({ type }) => type));
  });

  it('ends when nobody wants to see more', async () => {
    const folder = writeCartSession(cartHappenings().slice(0, 5));
    const stop = new AbortController();
    const looks = { count: 0 };
    const isWritten = () => {
      looks.count += 1;
      if (looks.count === 3) stop.abort();
      return true;
    };
    expect(await told(folder, isWritten, stop.signal)).toHaveLength(5);
    expect(looks.count).toBe(3);
  });
});
