import type { Level } from '../domain/level.js';
import { utcClock } from '../domain/utc-clock.js';
import { cells, shorten } from './cell.js';
import { elapsed } from './clock-text.js';
import { glyphsOf } from './marks.js';
import { blank, fitted, type Row, row, span, spread, widthOf } from './row.js';
import type { View } from './view.js';

export interface Parts {
  /** Below the header, above the line. */
  readonly title: readonly Row[];
  body(height: number): readonly Row[];
  readonly footer: Row;
}

const chrome = 4;

/** Rows that are left for the body: the last row of the screen stays empty. */
export const bodyHeight = (view: View, title: number) => Math.max(1, view.size.rows - 1 - chrome - title);

const separator = (view: View) => span(view.size.columns >= 120 ? `  ${glyphsOf(view.appearance).bar}  ` : '  ');

const modeSpans = ({ header, say }: View): Row => [
  ...(header.mode === 'live' ? [] : [span('  '), span(say(`ui.mode.${header.mode}`), 'marked')]),
  ...(header.synthetic ? [span('  '), span(say('ui.synthetic'), 'marked')] : []),
];

const contextSpans = ({ header, say, look, size }: View, context: string): Row => [
  span(say('ui.context', { context })),
  ...(header.marked ? [span(' '), span(say('ui.marked'), 'marked')] : []),
  ...(size.columns >= 120 && look?.k8sVersion ? [span(`  k8s ${look.k8sVersion}`)] : []),
];

const clockWords = ({ say, look, now, size }: View): string => {
  const local = size.columns >= 120 ? ` (${new Date(now).toTimeString().slice(0, 5)} ${say('ui.local')})` : '';
  return `${utcClock(now)}${local}  ${elapsed(look ? now - look.startedAt : 0)} `;
};

/** The header around a context, with the namespace where there is room for it. */
const headerWith = (view: View, context: string, hasNamespace: boolean): Row => {
  const { header, say, size } = view;
  const gap = separator(view);
  const namespace = hasNamespace ? [gap, span(say('ui.namespace', { namespace: header.namespace }))] : [];
  return [
    span(size.columns >= 120 ? ` net-triage ${header.version}` : ' net-triage', 'strong'),
    ...modeSpans(view),
    gap,
    ...contextSpans(view, context),
    ...namespace,
    gap,
    span(levelWords(view, header.level), 'strong'),
  ];
};

const shortestContext = 10;

/** What may happen to which cluster is never cut off: first the clock gives way, then the namespace. */
const headerRow = (view: View): Row => {
  const { header, say, size, appearance } = view;
  const { wide } = appearance;
  const context = header.context ?? say('ui.no-context');
  const clock = row(` ${clockWords(view)}`);
  const needed = Math.min(shortestContext, cells(context, wide));
  const roomBeside = (line: Row) => size.columns - widthOf(line, wide);
  const withClock = roomBeside([...headerWith(view, '', true), ...clock]);
  if (withClock >= needed)
    return spread(headerWith(view, shorten(context, withClock, wide), true), clock, { width: size.columns, wide });
  const hasNamespace = roomBeside(headerWith(view, '', true)) >= needed;
  return headerWith(view, shorten(context, roomBeside(headerWith(view, '', hasNamespace)), wide), hasNamespace);
};

const levelWords = ({ say }: View, level: Level) => say(`ui.level.${level}`);

/** A line across the screen, with a short message in it when there is one. */
const rule = ({ appearance, size }: View, toast: string): Row => {
  const line = glyphsOf(appearance).rule;
  if (toast === '') return row(line.repeat(size.columns));
  const message = fitted(
    [span(` ${toast} `, 'strong')],
    Math.min(size.columns - 4, cells(` ${toast} `, appearance.wide)),
    appearance.wide,
  );
  const rest = size.columns - 2 - widthOf(message, appearance.wide);
  return [span(line.repeat(2)), ...message, span(line.repeat(Math.max(0, rest)))];
};

/** A whole frame: exactly `rows - 1` rows, none wider than the screen. */
export const frame = (view: View, { title, body, footer }: Parts): Row[] => {
  const { columns, rows } = view.size;
  const height = bodyHeight(view, title.length);
  const content = body(height).slice(0, height);
  const filling = Array.from({ length: height - content.length }, () => blank);
  const all = [headerRow(view), ...title, rule(view, ''), ...content, ...filling, rule(view, view.ui.toast), footer];
  return all
    .slice(0, rows - 1)
    .map((line) =>
      widthOf(line, view.appearance.wide) > columns ? fitted(line, columns, view.appearance.wide) : line,
    );
};
