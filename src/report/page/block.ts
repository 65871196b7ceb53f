import type { SeriesChart } from '../../domain/series-chart.js';
import type { ReportInput } from '../catalog.js';
import { say } from '../say.js';
import type { Station } from './way.js';

/** Text of a page as it was said: whoever writes a page in some markup escapes all of it. */
export type Inline =
  | string
  | { readonly strong: string }
  | { readonly code: string }
  /** Ids of evidence, to be linked as far as they are stored. */
  | { readonly evidence: readonly string[] };
export type Line = string | readonly Inline[];

export interface Bullet {
  readonly line: Line;
  readonly under?: readonly Line[];
}

export type Block =
  | { readonly kind: 'text'; readonly lines: readonly Line[] }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'notice'; readonly title: string; readonly text: string }
  | { readonly kind: 'bullets'; readonly items: readonly Bullet[] }
  /** Something only a person can fill in, as visible open points. */
  | { readonly kind: 'todos'; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly heads: readonly string[]; readonly rows: readonly (readonly Line[])[] }
  | { readonly kind: 'code'; readonly text: string; readonly language?: 'sh' }
  /** Lines whose spaces mean something, as they stand in a terminal. */
  | { readonly kind: 'drawing'; readonly lines: readonly string[] }
  /** A recording over time, and its lines where nothing can be drawn. */
  | { readonly kind: 'series'; readonly chart: SeriesChart; readonly title: string; readonly lines: readonly string[] }
  | { readonly kind: 'way'; readonly stations: readonly Station[] }
  /** Where the evidence of the session is listed with its hashes. */
  | { readonly kind: 'evidence' };

/** A part of the page: its heading and what stands below it. */
export interface Section {
  /** Key of the heading's phrase. */
  readonly key: string;
  blocks(input: ReportInput): readonly Block[];
}

export const paragraph = (...lines: readonly Line[]): Block => ({ kind: 'text', lines });

export const heading = (text: string): Block => ({ kind: 'heading', text });

export const bullets = (lines: readonly Line[]): Block => ({ kind: 'bullets', items: lines.map((line) => ({ line })) });

/** Bullets, or the word for nothing. */
export const bulletsOrNone = (input: ReportInput, lines: readonly Line[]): Block =>
  lines.length > 0 ? bullets(lines) : paragraph(say(input, 'none'));

export const todo = (input: ReportInput, ...keys: readonly string[]): Block => ({
  kind: 'todos',
  items: keys.map((key) => say(input, key)),
});

export const table = (heads: readonly string[], rows: readonly (readonly Line[])[]): Block => ({
  kind: 'table',
  heads,
  rows,
});

/** A sentence with what proves it in brackets, where something does. */
export const proven = (sentence: string, evidence: readonly string[] = []): readonly Inline[] =>
  evidence.length > 0 ? [sentence, ' (', { evidence }, ')'] : [sentence];
