import type { Facts } from '../domain/finding.js';
import { type ChartRow, chartFact, chartSchema, type SeriesChart } from '../domain/series-chart.js';

/** One stretch of a way: what stands in its cell, and whether a try of it failed. */
export interface ChartCell {
  readonly text: string;
  readonly failed: boolean;
}

export interface DrawnRow {
  readonly label: string;
  readonly cells: readonly ChartCell[];
  readonly tail: string;
}

export interface SeriesDrawing {
  readonly rows: readonly DrawnRow[];
  /** Under the cells: where they begin and end. */
  readonly axis: string;
}

interface Look {
  readonly width: number;
  /** Nothing but ASCII. */
  readonly plain: boolean;
}

// Milliseconds up to which each mark counts: what is usual, what is felt, one packet sent again, a resolver's patience.
const steps = [5, 20, 100, 300, 900, 2000, 4500, Number.POSITIVE_INFINITY];
const blocks = ['\u2581', '\u2582', '\u2583', '\u2584', '\u2585', '\u2586', '\u2587', '\u2588'];
const typed = ['_', '.', ':', '-', '=', '+', '*', '#'];

const markOf = (ms: number, { plain }: Look) => (plain ? typed : blocks)[steps.findIndex((step) => ms <= step)] ?? '';

/** A share of what fills a cell. */
const keptMark = (value: number, top: number, { plain }: Look) =>
  (plain ? typed : blocks)[Math.min(7, Math.max(0, Math.ceil((value / top) * 8) - 1))] ?? '';

const cellOf = (row: ChartRow, [from, to]: readonly [number, number], look: Look): ChartCell => {
  if (row.failed.slice(from, to).some((count) => count > 0)) return { text: look.plain ? 'x' : '\u2717', failed: true };
  const times = row.worst.slice(from, to).flatMap((ms) => ms ?? []);
  if (times.length === 0) return { text: ' ', failed: false };
  const most = Math.max(...times);
  return { text: row.kept ? keptMark(most, row.kept.top, look) : markOf(most, look), failed: false };
};

/** "12/300  3 ms": how many failed or were late, and what is usual. */
export const tailOf = ({ bad, of, median, kept }: ChartRow) =>
  kept ? kept.tail : `${bad}/${of}  ${Math.round(median)} ms`;

/** What stands below the two ends of every row. */
export const endsOf = ({ seconds, kept }: SeriesChart) =>
  kept ? ([kept.from, kept.to] as const) : (['0 s', `${seconds} s`] as const);

/** What is too long loses what is after its start: addresses of one cluster differ at their end. */
const padded = (text: string, width: number) => {
  if (text.length <= width) return text.padEnd(width);
  const start = Math.max(0, Math.floor((width - 2) / 5));
  return `${text.slice(0, start)}..${text.slice(text.length - (width - 2 - start))}`;
};

const fewestCells = 6;
const longestLabel = 28;

const layout = ({ rows }: SeriesChart, width: number) => {
  const tail = Math.max(...rows.map((row) => tailOf(row).length));
  const longest = Math.max(...rows.map(({ label }) => label.length));
  const label = Math.min(longest, longestLabel, Math.max(8, width - tail - fewestCells - 4));
  const cells = Math.max(...rows.map(({ worst }) => worst.length));
  const room = Math.max(1, width - label - tail - 4);
  return { tail, label, cells, group: Math.max(1, Math.ceil(cells / room)) };
};

const draw = (chart: SeriesChart, look: Look): SeriesDrawing => {
  const { tail, label, cells, group } = layout(chart, look.width);
  const starts = Array.from({ length: Math.ceil(cells / group) }, (_, at) => at * group);
  const [begin, end] = endsOf(chart);
  return {
    rows: chart.rows.map((row) => ({
      label: padded(row.label, label),
      cells: starts.map((from) => cellOf(row, [from, from + group], look)),
      tail: tailOf(row).padStart(tail),
    })),
    axis: `${' '.repeat(label + 2)}${begin.padEnd(Math.max(begin.length + 1, starts.length - end.length))}${end}`,
  };
};

const chartIn = (facts: Facts): SeriesChart | undefined => {
  const chart = chartSchema.safeParse(facts[chartFact]).data;
  return chart && chart.rows.length > 0 ? chart : undefined;
};

/** Latency and loss of every recorded way over time, one row each. Nothing for other findings. */
export const seriesDrawing = (facts: Facts, look: Look): SeriesDrawing | undefined => {
  const chart = chartIn(facts);
  return chart && draw(chart, look);
};

const reportWidth = 100;

const linesOf = (chart: SeriesChart, width = reportWidth): string[] => {
  const drawing = draw(chart, { width, plain: true });
  const rows = drawing.rows.map(
    ({ label, cells, tail }) => `${label}  ${cells.map(({ text }) => text).join('')}  ${tail}`,
  );
  return [...rows, drawing.axis];
};

/** The same for whoever has one look for all text. */
export const seriesLines = (facts: Facts, width = reportWidth): string[] => {
  const chart = chartIn(facts);
  return chart ? linesOf(chart, width) : [];
};

type Findings = readonly { readonly facts: Facts }[];

/** A chart of a session, and its lines for whoever draws nothing else. */
export interface ShownChart {
  readonly chart: SeriesChart;
  readonly lines: readonly string[];
}

const shown = (chart: SeriesChart): ShownChart => ({ chart, lines: linesOf(chart) });

const chartsIn = (findings: Findings) => findings.flatMap(({ facts }) => chartIn(facts) ?? []);

/** The last recording of a session. */
export const lastRecording = (findings: Findings): ShownChart | undefined => {
  const chart = chartsIn(findings).findLast(({ kept }) => kept === undefined);
  return chart && shown(chart);
};

/** All that was kept of the time around the trouble, in one drawing; the last, where a check looked again. */
export const keptHistory = (findings: readonly { readonly check: string; readonly facts: Facts }[]) => {
  const latest = [...new Map(findings.map((finding) => [finding.check, finding])).values()];
  const charts = chartsIn(latest).filter(({ kept }) => kept !== undefined);
  const [first] = charts;
  return first && shown({ ...first, rows: charts.flatMap(({ rows }) => rows) });
};
