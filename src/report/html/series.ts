import type { ChartRow, SeriesChart } from '../../domain/series-chart.js';
import type { ReportInput } from '../catalog.js';
import { plain } from '../plain.js';
import { say } from '../say.js';
import { endsOf, tailOf } from '../series-drawing.js';
import { cut } from './cut.js';
import { escaped } from './escape.js';

const [width, rowHeight, barHeight, axisHeight] = [360, 62, 28, 20];
const mostCells = 30;
/** Milliseconds of a bar of full height; one of a thousandth is as high as a line. */
const tallest = 10_000;

// Logarithmic: what is ten times as slow has to be seen beside what is a thousand times as slow.
const heightOf = (ms: number) => Math.max(1.5, (barHeight * Math.log10(Math.max(1, ms))) / Math.log10(tallest));

const keptHeight = (value: number, top: number) => Math.max(1.5, (barHeight * value) / top);

const short = (value: number) => String(Number(value.toFixed(1)));

/** All bars of one kind in one path: a recording has thousands, and a page has to open. */
const path = (kind: string, bars: readonly string[]) =>
  bars.length > 0 ? `<path class="${kind}" d="${bars.join('')}"/>` : '';

const bars = (
  { worst, failed, kept }: ChartRow,
  { base, cells }: { readonly base: number; readonly cells: number },
) => {
  const step = width / cells;
  const bar = (at: number, height: number) =>
    `M${short(at * step)} ${base}v-${short(Math.min(barHeight, height))}h${short(step * 0.85)}V${base}z`;
  const isFailed = (at: number) => (failed[at] ?? 0) > 0;
  return [
    path(
      'took',
      worst.flatMap((ms, at) =>
        ms === null || isFailed(at) ? [] : [bar(at, kept ? keptHeight(ms, kept.top) : heightOf(ms))],
      ),
    ),
    path(
      'lost',
      failed.flatMap((_, at) => (isFailed(at) ? [bar(at, barHeight)] : [])),
    ),
  ];
};

const rowOf = (row: ChartRow, at: number, cells: number) => {
  const top = at * rowHeight;
  const base = top + rowHeight - 10;
  return [
    `<g><title>${escaped(plain(`${row.label}: ${tailOf(row)}`))}</title>`,
    `<text class="name" x="0" y="${top + 16}">${escaped(cut(plain(row.label), mostCells))}</text>`,
    `<text class="word" x="${width}" y="${top + 16}" text-anchor="end">${escaped(tailOf(row))}</text>`,
    `<line class="rail" x1="0" y1="${base}" x2="${width}" y2="${base}"/>`,
    ...bars(row, { base, cells }),
    '</g>',
  ].join('');
};

/** Latency and loss of every recorded way over time, one below the other on one axis. */
export const seriesChart = (input: ReportInput, chart: SeriesChart) => {
  const { rows, kept } = chart;
  const [begin, end] = endsOf(chart);
  const cells = Math.max(1, ...rows.map(({ worst }) => worst.length));
  const height = rows.length * rowHeight + axisHeight;
  const told = rows.map((row) => plain(`${row.label}: ${tailOf(row)}`)).join('; ');
  return [
    `<svg class="series" role="img" viewBox="0 0 ${width} ${height}" aria-label="${escaped(told)}">`,
    ...rows.map((row, at) => rowOf(row, at, cells)),
    `<text class="word" x="0" y="${height - 5}">${begin}</text>`,
    `<text class="word" x="${width}" y="${height - 5}" text-anchor="end">${end}</text>`,
    '</svg>',
    `<p>${escaped(say(input, kept ? 'history.legend' : 'series.legend'))}</p>`,
  ].join('\n');
};
