import { quantile } from './quantile.js';
import { wouldShow } from './sample-size.js';
import { isWell, type Moment, momentsOf, type Series, type Way } from './series.js';

/** A series, counted. */
export interface Account {
  readonly way: Way;
  readonly to: string;
  readonly node: string;
  readonly pod: string;
  readonly moments: readonly Moment[];
  readonly of: number;
  readonly failed: number;
  readonly late: number;
  /** Share of the tries that failed or were late. */
  readonly share: number;
  readonly unread: number;
  readonly median: number;
  readonly p95: number;
}

export const accountOf = (series: Series): Account => {
  const moments = momentsOf(series);
  const bad = moments.filter((one) => !isWell(one));
  const failed = bad.filter(({ state }) => state === 'failed').length;
  const times = moments.flatMap(({ ms, state }) => (ms === null || state === 'failed' ? [] : [ms]));
  const { way, to, node, pod } = series;
  return {
    ...{ way, to, node, pod, moments, failed },
    of: moments.length,
    late: bad.length - failed,
    share: moments.length === 0 ? 0 : bad.length / moments.length,
    unread: series.stretches.reduce((sum, { unread }) => sum + unread, 0),
    median: quantile(times, 0.5),
    p95: quantile(times, 0.95),
  };
};

export const badOf = ({ failed, late }: Account): number => failed + late;

// One packet in a million is lost on any network, and any machine stands still for a moment.
const habit = 2;
export const isBad = (account: Account): boolean => badOf(account) >= habit;

const muchLess = 5;

/** Tried often enough to show failures of this share, and showing next to none of them. */
export const isClearOf = (account: Account, share: number): boolean =>
  wouldShow(account.of, share) && account.share * muchLess <= share;

/** No try ever got through. */
export const neverWell = (account: Account): boolean => account.of > 0 && account.failed === account.of;
