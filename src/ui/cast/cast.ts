import type { Catalog } from '../../catalog/catalog.js';
import type { JournalEvent, SessionHeader } from '../../domain/journal.js';
import type { SessionView } from '../../domain/session-view.js';
import type { Language } from '../../domain/text.js';
import { draw } from '../draw.js';
import { plain } from '../row.js';
import { speaker } from '../say.js';
import { screens } from '../screens/screens.js';
import { initialState } from '../state.js';
import { type Size, screenOf, type View } from '../view.js';
import { ansiRow } from './ansi.js';
import { lookOf } from './look-of.js';

export interface CastOptions {
  readonly catalog: Catalog;
  readonly language: Language;
  readonly ascii: boolean;
  readonly size: Size;
}

/** The lines of a journal, and what was known of the session after each: looked at one by one, and none is kept. */
export interface Journal {
  readonly events: readonly JournalEvent[];
  readonly views: Iterable<SessionView>;
}

/** Frames closer than this are one: nobody sees them apart, and a long session would never end. */
const frameMs = 40;
/** Seconds that a player waits at most where nothing happened. */
const longestPause = 2;

const headerOf = ({ target, access, tool, mode }: SessionHeader): View['header'] => ({
  context: target.context,
  namespace: target.namespaces[0] ?? '',
  marked: target.marked,
  level: access.level,
  version: tool.version,
  ...{ mode, synthetic: false },
});

const draft = { from: '', to: '', symptom: '' };

const rowsAt = (seen: SessionView, at: number, { catalog, language, ascii, size }: CastOptions): string[] => {
  if (!seen.header) return [];
  const theme = 'default' as const;
  const view: View = {
    ...{ catalog, language, size, now: at, header: headerOf(seen.header), actions: {} },
    appearance: { ascii, wide: 1, theme, motion: false },
    saved: () => undefined,
    intake: { draft, start: () => '' },
    say: speaker(catalog.phrases, language),
    look: lookOf(seen, seen.header, catalog),
    ui: initialState({ draft }),
  };
  return draw(view, screens[screenOf(view.look)]).map((row) => ansiRow(row, theme));
};

/** What brings one frame to the next: only rows that differ, each drawn from its first cell and emptied behind. */
const change = (before: readonly string[], after: readonly string[]) =>
  Array.from({ length: Math.max(before.length, after.length) }, (_, at) =>
    before[at] === after[at] ? '' : `\u001b[${at + 1};1H${after[at] ?? ''}\u001b[K`,
  ).join('');

const clear = '\u001b[?25l\u001b[2J';

const markOf = (event: JournalEvent) => {
  if (event.type === 'check.finished') return `${event.data.check}: ${event.data.outcome}`;
  if (event.type === 'verdict') return event.data.result;
  return event.type === 'note.added' ? plain(event.data.text) : undefined;
};

/** A clock that was set back must not make a player go back in time. Milliseconds since the epoch. */
const timesOf = (events: readonly JournalEvent[]) => {
  let latest = 0;
  return events.map(({ ts }) => (latest = Math.max(latest, Date.parse(ts) || 0)));
};

interface Told {
  readonly at: number;
  readonly code: 'o' | 'm' | 'x';
  readonly data: string;
}

/** Of moments that follow each other too closely only the last is drawn. */
const framesOf = (views: Iterable<SessionView>, times: readonly number[], options: CastOptions): Told[] => {
  const frames: Told[] = [];
  let shown: readonly string[] = [];
  let index = 0;
  for (const seen of views) {
    const at = times[index] ?? 0;
    const next = times[index + 1] ?? Number.POSITIVE_INFINITY;
    const isSeen = index === 0 || next - (frames.at(-1)?.at ?? Number.NEGATIVE_INFINITY) >= frameMs;
    index += 1;
    if (!isSeen) continue;
    const rows = rowsAt(seen, at, options);
    const drawn = change(shown, rows);
    if (drawn !== '') frames.push({ at, code: 'o', data: shown.length === 0 ? clear + drawn : drawn });
    shown = rows;
  }
  return frames;
};

const marksOf = (events: readonly JournalEvent[], times: readonly number[]): Told[] =>
  events.flatMap((event, index) => {
    const data = markOf(event);
    return data === undefined ? [] : [{ at: times[index] ?? 0, code: 'm', data } as const];
  });

const linesOf = ({ events, views }: Journal, options: CastOptions) => {
  const times = timesOf(events);
  // A note may come later; who went on with it has not ended it.
  const last = events.findLast(({ type }) => type === 'session.ended' || type === 'session.resumed');
  const told: Told[] = [
    ...[...framesOf(views, times, options), ...marksOf(events, times)].sort((a, b) => a.at - b.at),
    ...(last?.type === 'session.ended'
      ? [{ at: times.at(-1) ?? 0, code: 'x', data: String(last.data.exitCode) } as const]
      : []),
  ];
  return told.map(({ at, code, data }, index) => [(at - (told[index - 1]?.at ?? at)) / 1000, code, data]);
};

/**
 * A session as a film for `asciinema play` (asciicast v3, one JSON value per line, intervals in seconds): the frames that
 * the screen draws of its journal, with a marker for each check. Nothing is in it that is not in the journal.
 */
export const castOf = (journal: Journal, options: CastOptions): string => {
  const { size } = options;
  const [first] = journal.events;
  const header = first?.type === 'session.started' ? first.data : undefined;
  const head = {
    ...{ version: 3, term: { cols: size.columns, rows: size.rows } },
    ...(header && { timestamp: Math.floor(Date.parse(header.started_at) / 1000) }),
    ...{ idle_time_limit: longestPause, title: `net-triage ${header?.session_id ?? ''}`.trim() },
  };
  return [head, ...linesOf(journal, options)].map((line) => `${JSON.stringify(line)}\n`).join('');
};
