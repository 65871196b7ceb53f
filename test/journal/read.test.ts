import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openJournal } from '../../src/journal/append.js';
import { walkChain } from '../../src/journal/chain.js';
import { readJournal } from '../../src/journal/read.js';
import { verifySession } from '../../src/journal/verify.js';
import { journalOptions, writeCartSession } from '../support/session-view.js';

const file = (folder: string) => join(folder, 'session.ndjson');

describe('a process killed while it wrote the last line', () => {
  const whole = readFileSync(file(writeCartSession()));
  const lastLine = whole.lastIndexOf(0x0a, whole.length - 2) + 1;
  const offsets = Array.from({ length: whole.length - lastLine }, (_, at) => lastLine + at);

  it('loses that line only, wherever it was cut', () => {
    const all = walkChain(whole).events;
    for (const offset of offsets) {
      const { events, bad, goodBytes } = walkChain(whole.subarray(0, offset));
      expect(events).toHaveLength(all.length - 1);
      expect([bad?.why, goodBytes]).toEqual([offset === lastLine ? undefined : 'torn', lastLine]);
    }
  });

  it.each([lastLine, lastLine + 1, whole.length - 1])('goes on after byte %i and keeps the torn bytes', (offset) => {
    const killed = writeCartSession();
    writeFileSync(file(killed), whole.subarray(0, offset));
    const journal = openJournal(killed, journalOptions());
    journal.append({ type: 'session.resumed', actor: 'tool', data: { machine: 'laptop', version: '0.1.0' } });
    journal.close();
    expect(journal.tornBytes).toBe(offset - lastLine);
    expect(verifySession(killed)).toMatchObject({ ok: true, badLine: null });
    const torn = `${file(killed)}.torn`;
    expect(existsSync(torn) ? readFileSync(torn, 'utf8') : '\n').toBe(`${whole.toString('utf8', lastLine, offset)}\n`);
  });
});

it('refuses a journal that is damaged before its end, and names the line', () => {
  const folder = writeCartSession();
  const lines = readFileSync(file(folder), 'utf8').split('\n');
  writeFileSync(file(folder), lines.with(2, 'half a li').join('\n'));
  expect(() => readJournal(folder)).toThrow(/line 3/);
  expect(() => openJournal(folder, journalOptions())).toThrow(/damaged/);
});
