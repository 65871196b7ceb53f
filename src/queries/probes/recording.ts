import { CannotLook } from '../../domain/cannot-look.js';
import type { Facts } from '../../domain/finding.js';
import { type Clock, usualRecordSeconds } from '../../domain/ports.js';
import { chartFact, type SeriesChart } from '../../domain/series-chart.js';
import { chartOfSeries } from '../../parse/recorder/chart.js';
import type { Stretch } from '../../parse/recorder/samples.js';
import type { Series } from '../../parse/recorder/series.js';
import { stretchSeconds } from '../scripts/pace.js';

/** One way, and how it is tried for one stretch. */
export interface Plan extends Omit<Series, 'stretches'> {
  ask(stretch: string): Promise<Stretch>;
}

export interface Recorder {
  readonly clock: Clock;
  readonly recordSeconds?: number | undefined;
  progress?(facts: Facts): void;
}

/** How many stretches there will be. A universe answers with as many as were recorded, whoever asks for more. */
export const stretchesOf = ({ clock, recordSeconds = usualRecordSeconds }: Recorder): number => {
  const wanted = Math.max(1, Math.ceil(recordSeconds / stretchSeconds));
  return clock.mark?.('stretches', wanted) ?? wanted;
};

// All ways together, so that neither the Pod nor the servers notice: each try is a small process for a moment.
const mostPerSecond = 20;
const rates = [5, 4, 3, 2, 1] as const;

/** Milliseconds between two connects of each of so many ways, and how many make a stretch. */
export const paceOf = (ways: number) => {
  const rate = rates.find((one) => one * ways <= mostPerSecond) ?? 1;
  return { rate, gap: Math.floor(1000 / rate), tries: rate * stretchSeconds };
};

export interface Recording {
  readonly series: Series[];
  /** Ways that could not be tried in any stretch, and why. */
  readonly untried: { readonly to: string; readonly why: string }[];
}

/**
 * All ways side by side, stretch after stretch. `between` is called before the first and after every stretch.
 * @throws CannotLook where no way could be tried
 */
export const record = async (
  plans: readonly Plan[],
  recorder: Recorder,
  between: (stretch: number) => Promise<void> = async () => {},
): Promise<Recording> => {
  const kept = plans.map((): Stretch[] => []);
  const refused = new Map<number, CannotLook>();
  const seriesNow = () =>
    plans.map(({ way, to, node, pod }, at): Series => ({ way, to, node, pod, stretches: kept[at] ?? [] }));
  const tryIt = async (plan: Plan, at: number, stretch: number) => {
    try {
      kept[at]?.push(await plan.ask(String(stretch)));
    } catch (error) {
      if (!(error instanceof CannotLook)) throw error;
      refused.set(at, error);
    }
  };
  await between(0);
  const count = stretchesOf(recorder);
  for (let stretch = 1; stretch <= count; stretch += 1) {
    // What could not be tried once is not tried again: its place in the drawing would only fill with holes.
    await Promise.all(plans.map(async (plan, at) => (refused.has(at) ? undefined : await tryIt(plan, at, stretch))));
    const chart: SeriesChart | undefined = chartOfSeries(seriesNow());
    if (chart) recorder.progress?.({ [chartFact]: chart });
    await between(stretch);
  }
  const [first] = refused.values();
  if (first && kept.every(({ length }) => length === 0)) throw first;
  const untried = [...refused].flatMap(([at, { message }]) => {
    const to = plans[at]?.to ?? '';
    return kept[at]?.length === 0 ? [{ to, why: message }] : [];
  });
  return { series: seriesNow().filter(({ stretches }) => stretches.length > 0), untried };
};
