import type { History } from '../../domain/history.js';
import type { ChartRow, SeriesChart } from '../../domain/series-chart.js';
import type { HistoryLine, Measure, Measures } from './lines.js';

const cells = 60;
const mostRows = 8;

const clockOf = (seconds: number) => `${new Date(seconds * 1000).toISOString().slice(11, 16)}Z`;
const short = (value: number) => String(Number(value.toPrecision(2)));

/** "12 %", "0.5/s", "3 s" */
export const valueText = (value: number, { unit }: Measure) => {
  if (unit === 'share') return `${short(value * 100)} %`;
  return unit === 'rate' ? `${short(value)}/s` : `${short(value)} s`;
};

const nameText = ({ owner, device, what }: HistoryLine) =>
  [owner, device, what].filter((word) => word !== '').join(' ');

const range = (line: HistoryLine, measure: Measure) =>
  `${line.before === undefined ? '?' : valueText(line.before, measure)} > ${valueText(line.peak, measure)}`;

/** "node-a eth0 device-drops 0/s > 12/s at 02:14Z": what it was before, and the most it has been since. */
export const lineText = (line: HistoryLine, measure: Measure) =>
  `${nameText(line)} ${range(line, measure)} at ${clockOf(line.at)}`;

const rowOf = (line: HistoryLine, measure: Measure, { from, to }: History): ChartRow => {
  const worst: (number | null)[] = Array.from({ length: cells }, () => null);
  for (const [at, value] of line.points) {
    const cell = Math.min(cells - 1, Math.max(0, Math.floor(((at - from) / Math.max(1, to - from)) * cells)));
    worst[cell] = Math.max(worst[cell] ?? 0, value);
  }
  // What is not worth a word would fill its row as well, were it only measured by itself.
  const top = Math.max(measure.floor, ...line.points.map(([, value]) => value));
  const tail = range(line, measure);
  return { label: nameText(line), worst, failed: worst.map(() => 0), of: 0, bad: 0, median: 0, kept: { top, tail } };
};

const rank = { rose: 0, high: 1, flat: 2 } as const;

/** Of devices that are as they always were, the one with most stands for all of its node. */
const telling = (lines: readonly HistoryLine[]) =>
  lines.filter(
    (line) =>
      line.state !== 'flat' ||
      lines.find(
        ({ what, owner, state, peak }) =>
          what === line.what && owner === line.owner && (state !== 'flat' || peak >= line.peak),
      ) === line,
  );

/** What was kept, for the eye; what rose first. Undefined where nothing was. */
export const historyChart = (history: History, lines: readonly HistoryLine[], measures: Measures) => {
  const rows = telling(lines)
    .toSorted((a, b) => rank[a.state] - rank[b.state])
    .slice(0, mostRows)
    .flatMap((line): ChartRow[] => {
      const measure = measures[line.what];
      return measure ? [rowOf(line, measure, history)] : [];
    });
  const { from, to } = history;
  const chart: SeriesChart = { seconds: to - from, rows, kept: { from: clockOf(from), to: clockOf(to) } };
  return rows.length > 0 ? chart : undefined;
};
