import xterm from '@xterm/headless';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { find } from '../../src/catalog/find.js';
import { load } from '../../src/catalog/load.js';
import { castText } from '../../src/commands/session/cast.js';
import type { Happening, JournalEvent } from '../../src/domain/journal.js';
import { readJournal } from '../../src/journal/read.js';
import { hostile } from '../report/hostile.js';
import { cartFindings, cartHappenings, cartHeader, writeCartSession } from '../support/session-view.js';

const { catalog } = load(await find());
const look = { catalog, language: 'en', ascii: false } as const;

const eventsOf = (happenings?: Happening[]): readonly JournalEvent[] =>
  readJournal(writeCartSession(happenings)).events;

type Line = readonly [seconds: number, code: string, data: string];
const read = (text: string) => {
  const [head = '', ...lines] = text.trimEnd().split('\n');
  return { head: JSON.parse(head), lines: lines.map((line) => JSON.parse(line) as Line) };
};

/** What a player shows after all of it, as its terminal sees it. */
const played = async ({ head, lines }: ReturnType<typeof read>) => {
  const screen = new xterm.Terminal({ ...head.term, allowProposedApi: true });
  const titles: string[] = [];
  screen.onTitleChange((title) => titles.push(title));
  for (const [, code, data] of lines) if (code === 'o') await new Promise<void>((done) => screen.write(data, done));
  const rows = Array.from({ length: head.term.rows }, (_, at) => screen.buffer.active.getLine(at)?.translateToString());
  return { text: rows.join('\n'), titles };
};

describe('a film of a session', () => {
  const events = eventsOf();
  const film = read(castText(events, look));

  it('says its form, its size and when it was taken', () => {
    const timestamp = Date.parse(cartHeader().started_at) / 1000;
    expect(film.head).toMatchObject({ version: 3, term: { cols: 100, rows: 30 }, timestamp: Math.floor(timestamp) });
  });

  it('takes as long as the session did, and never goes back', () => {
    const seconds = film.lines.map(([interval]) => interval);
    expect(Math.min(...seconds)).toBeGreaterThanOrEqual(0);
    const [first, last] = [events[0], events.at(-1)].map((event) => Date.parse(event?.ts ?? ''));
    expect(seconds.reduce((sum, one) => sum + one, 0)).toBeCloseTo(((last ?? 0) - (first ?? 0)) / 1000, 6);
  });

  it('has a marker for each check, and ends with the exit code', () => {
    const marks = film.lines.filter(([, code]) => code === 'm').map(([, , data]) => data.split(':')[0]);
    for (const { check } of cartFindings) expect(marks).toContain(check);
    expect(film.lines.at(-1)?.slice(1)).toEqual(['x', '3']);
  });

  it('ends on the screen of the verdict', async () => {
    const { text } = await played(film);
    expect(text).toContain('Service shop/cart selects no Pod');
    expect(text).toContain('Next step');
  });

  it('speaks the language of whoever asks for it', async () => {
    const chinese = read(castText(events, { ...look, language: 'zh-CN' }));
    expect((await played(chinese)).text).toContain('下一步');
  });

  it('draws what comes at once as one frame, and shows no clock that was set back', () => {
    const at = (ts: string) => events.map((event) => ({ ...event, ts }));
    const still = read(castText(at('2026-11-20T02:14:04.000Z'), look));
    expect(still.lines.filter(([, code]) => code === 'o')).toHaveLength(2);
    const back = events.map((event, index) => (index > 3 ? { ...event, ts: '2026-11-19T00:00:00.000Z' } : event));
    expect(read(castText(back, look)).lines.every(([interval]) => interval >= 0)).toBe(true);
  });

  it('is a film of nothing where the journal holds nothing', () => {
    expect(read(castText([], look)).lines).toEqual([]);
  });
});

it('hostile text is no control sequence of the player', async () => {
  await fc.assert(
    fc.asyncProperty(hostile, async (text) => {
      const notes: Happening = { type: 'note.added', actor: 'operator', data: { text: text || '-' } };
      const facts = cartFindings.map((finding) => ({ ...finding, facts: { ...finding.facts, selector: text } }));
      const told = cartHappenings().map(
        (one): Happening =>
          one.type === 'check.finished'
            ? { ...one, data: facts.find(({ node }) => node === one.data.node) ?? one.data }
            : one,
      );
      const film = read(castText(eventsOf([...told.slice(0, -1), notes, ...told.slice(-1)]), look));
      const ours = /\u001b\[(?:\?25l|2J|K|\d+;1H|\d+(?:;\d+)*m)/g;
      for (const [, code, data] of film.lines)
        expect(code === 'o' ? data.replaceAll(ours, '') : data).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
      expect((await played(film)).titles).toEqual([]);
    }),
    { numRuns: 30 },
  );
});
