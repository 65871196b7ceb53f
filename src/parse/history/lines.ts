import type { History, HistorySeries } from '../../domain/history.js';

export type Unit = 'share' | 'rate' | 'seconds';

/** What of a measurement is unusual: at least `floor`, and `factor` times what it was before. */
export interface Measure<O extends string = string> {
  readonly unit: Unit;
  readonly floor: number;
  readonly factor: number;
  /** The outcome where it rose. */
  readonly rose: O;
  /** Of an exporter that few have: nobody misses it. */
  readonly extra?: true;
  /** Counted from what happens to be written: where some is kept, a moment without a point had none of it. */
  readonly sparse?: true;
}
export type Measures<O extends string = string> = Readonly<Record<string, Measure<O>>>;

/** One measurement of one owner before and since the trouble. */
export interface HistoryLine {
  readonly what: string;
  /** Whose it is: a node, a Pod; empty where it is the whole cluster's. */
  readonly owner: string;
  /** A network device of it, or empty. */
  readonly device: string;
  readonly points: HistorySeries['points'];
  /** What it usually was before: nine tenths of the points lay below; absent where too little is known of that time. */
  readonly before?: number;
  readonly peak: number;
  /** When it was highest since the trouble began, in seconds since the epoch. */
  readonly at: number;
  /** `high`: as unusual as `rose`, but not known to be new. */
  readonly state: 'flat' | 'rose' | 'high';
}

const fewestBefore = 3;

const usual = (points: HistorySeries['points']) => {
  const values = points.map(([, value]) => value).toSorted((a, b) => a - b);
  return values.length < fewestBefore ? undefined : values[Math.ceil(values.length * 0.9) - 1];
};

const stateOf = (peak: number, before: number | undefined, { floor, factor }: Measure): HistoryLine['state'] => {
  if (peak < floor) return 'flat';
  return before !== undefined && peak >= before * factor ? 'rose' : 'high';
};

// "10.0.0.11:9100", "[fd00::11]:9100", "node-a": with the port of whatever is scraped there.
const instanceName = (instance: string) =>
  /^\[(.*)\](?::\d+)?$/.exec(instance)?.[1] ?? instance.replace(/^([^:]+):\d+$/, '$1');

const ownerOf = ({ instance, namespace, pod }: HistorySeries['labels'], names: Readonly<Record<string, string>>) => {
  if (pod !== undefined) return `${namespace}/${pod}`;
  const name = instanceName(instance ?? '');
  return names[name] ?? name;
};

/** Half of what a scrape that never failed would have left since the trouble began. */
const enoughSince = ({ to, step }: History, began: number) => Math.max(1, Math.floor((to - began) / step / 2));

/** Every moment of the window, those without a point as zero. Whoever answers may have moved all moments by less than a step. */
const filled = ({ from, to, step }: History, points: HistorySeries['points']): HistorySeries['points'] => {
  const values = new Map(points);
  const first = from + (((points[0]?.[0] ?? from) - from) % step);
  const last = Math.max(to, points.at(-1)?.[0] ?? to);
  const moments = Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, at) => first + at * step);
  return moments.map((at) => [at, values.get(at) ?? 0]);
};

/**
 * What can be told of each series. One that has next to no point since the trouble began is left out: it says nothing of that time.
 * `began` in seconds since the epoch; `names` are nodes by their addresses.
 */
export const linesOf = (
  history: History,
  measures: Measures,
  { began, names }: { readonly began: number; readonly names: Readonly<Record<string, string>> },
): HistoryLine[] =>
  history.series.flatMap(({ what, labels, points: kept }): HistoryLine[] => {
    const measure = Object.hasOwn(measures, what) ? measures[what] : undefined;
    const points = measure?.sparse ? filled(history, kept) : kept;
    const since = points.filter(([at]) => at >= began);
    if (!measure || since.length < enoughSince(history, began)) return [];
    const before = usual(points.filter(([at]) => at < began));
    const [at, peak] = since.reduce((most, point) => (point[1] > most[1] ? point : most));
    const known = before === undefined ? {} : { before };
    const whose = { owner: ownerOf(labels, names), device: labels.device ?? '' };
    return [{ what, ...whose, points, ...known, peak, at, state: stateOf(peak, before, measure) }];
  });
