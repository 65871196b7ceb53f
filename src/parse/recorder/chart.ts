import type { ChartRow, SeriesChart } from '../../domain/series-chart.js';
import { type Account, accountOf, badOf } from './account.js';
import type { Series, Way } from './series.js';

/** As many cells as a wide terminal shows; a narrow one draws several of them as one. */
const cells = 60;

const labels: Readonly<Record<Way, string>> = {
  nodes: 'node > ',
  'node-endpoint': 'node > ',
  endpoint: '',
  service: '',
  answer: 'GET ',
  'service-answer': 'GET ',
  name: '',
};

const rowOf = (account: Account, { from, seconds }: { from: number; seconds: number }): ChartRow => {
  const worst: (number | null)[] = Array.from({ length: cells }, () => null);
  const failed = Array.from({ length: cells }, () => 0);
  for (const { at, ms, state } of account.moments) {
    const cell = Math.min(cells - 1, Math.max(0, Math.floor(((at - from) / seconds) * cells)));
    if (state === 'failed') failed[cell] = (failed[cell] ?? 0) + 1;
    else if (ms !== null) worst[cell] = Math.max(worst[cell] ?? 0, ms);
  }
  const { way, to, of, median } = account;
  return { label: `${labels[way]}${to}`, worst, failed, of, bad: badOf(account), median };
};

/** A recording for the eye; undefined before its first try. Machines of one kind of clock each begin at their own zero. */
export const chartOf = (accounts: readonly Account[]): SeriesChart | undefined => {
  const tried = accounts.filter(({ of }) => of > 0);
  if (tried.length === 0) return undefined;
  const spans = tried.map(({ moments }) => [moments[0]?.at ?? 0, moments.at(-1)?.at ?? 0] as const);
  const seconds = Math.max(1, ...spans.map(([first, last]) => last - first));
  const rows = tried.map((account, at) => rowOf(account, { from: spans[at]?.[0] ?? 0, seconds }));
  return { seconds: Math.round(seconds), rows };
};

export const chartOfSeries = (series: readonly Series[]): SeriesChart | undefined => chartOf(series.map(accountOf));
