import { z } from 'zod';
import type { Facts } from '../../domain/finding.js';
import { type History, historySchema } from '../../domain/history.js';
import { chartFact } from '../../domain/series-chart.js';
import { historyChart, lineText, valueText } from './chart.js';
import { type HistoryLine, linesOf, type Measures } from './lines.js';

export const lookBackSchema = z.strictObject({
  /** Absent where the cluster shows no Prometheus. */
  history: historySchema.optional(),
  /** When the trouble began, in seconds since the epoch. */
  began: z.number(),
  /** Nodes by their addresses. */
  names: z.record(z.string(), z.string()),
  /** Of whom every measurement is looked for. */
  owners: z.array(z.string()),
});
export type LookBack = z.infer<typeof lookBackSchema>;

/** Beside the words for what rose. That nobody kept anything is no fault, and nothing is seen either. */
export const plainOutcomes = {
  quiet: 'pass',
  'high-before': 'unsure',
  'partly-kept': 'unsure',
  'nothing-kept': 'unsure',
  'no-history': 'unsure',
} as const;
type Plain = keyof typeof plainOutcomes;

const moment = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000', '');

/** "node-b table-share": what is not kept of whom. */
const missing = (lines: readonly HistoryLine[], measures: Measures, owners: readonly string[]) =>
  owners.flatMap((owner) =>
    Object.entries(measures)
      .filter(([, { extra }]) => extra !== true)
      .map(([what]) => what)
      .filter((what) => !lines.some((line) => line.what === what && line.owner === owner))
      .map((what) => [owner, what].filter((word) => word !== '').join(' ')),
  );

interface Told {
  readonly history: History;
  readonly lines: readonly HistoryLine[];
  readonly unseen: readonly string[];
}

const judge = <O extends string>({ history, lines, unseen }: Told, measures: Measures<O>): O | Plain => {
  // In the order of the measures: what comes first explains what follows.
  const rose = Object.entries(measures).find(([what]) =>
    lines.some((one) => one.what === what && one.state === 'rose'),
  );
  if (rose) return rose[1].rose;
  if (lines.length === 0) return 'nothing-kept';
  if (lines.some(({ state }) => state === 'high')) return 'high-before';
  return unseen.length > 0 || history.warnings.length > 0 ? 'partly-kept' : 'quiet';
};

/** What a Prometheus kept of the time around the trouble, in one word, with what rose from what to what and when. */
export const judgeHistory = <O extends string>(
  { history, began, names, owners }: LookBack,
  measures: Measures<O>,
): { outcome: O | Plain; facts: Facts } => {
  if (!history) return { outcome: 'no-history', facts: {} };
  const lines = linesOf(history, measures, { began, names });
  const unseen = missing(lines, measures, owners);
  const texts = (state: HistoryLine['state']) =>
    lines.flatMap((line) => {
      const measure = line.state === state ? measures[line.what] : undefined;
      return measure ? [lineText(line, measure)] : [];
    });
  const flat = Object.entries(measures).flatMap(([what, measure]) => {
    const peaks = lines.flatMap((line) => (line.what === what && line.state === 'flat' ? [line.peak] : []));
    return peaks.length > 0 ? [`${what} ${valueText(Math.max(...peaks), measure)}`] : [];
  });
  const chart = historyChart(history, lines, measures);
  const facts: Facts = {
    ...{ 'kept-by': history.source, from: moment(history.from), to: moment(history.to), began: moment(began) },
    ...{ rises: texts('rose'), high: texts('high'), flat, unseen },
    warnings: history.warnings,
    ...(chart ? { [chartFact]: chart } : {}),
  };
  return { outcome: judge({ history, lines, unseen }, measures), facts };
};
