import { writeEnd } from '../domain/ends.js';
import type { Finding } from '../domain/finding.js';
import type { End, Flow } from '../domain/flow.js';
import { type Hop, hops, type Place, placeOf } from '../domain/hop.js';
import { isStepNode } from '../domain/runbook.js';
import { runningCheck, runningState } from './subject.js';
import type { State } from './theme.js';
import type { View } from './view.js';

/** One stop on the way of the packets, or the whole way, with the worst that was found there. */
export interface Stop {
  readonly place: Place;
  /** Absent where nothing was looked at and nothing is on its way: that is never the same as sound. */
  readonly state?: State;
  /** Numbers of the trail. */
  readonly checks: readonly number[];
  /** The verdict puts the fault here. */
  readonly failing: boolean;
}

const isPod = ({ kind }: End) => kind === 'pod' || kind === 'workload';
const isService = ({ kind }: End) => kind === 'service' || kind === 'ingress';
const isBeyond = ({ kind }: End) => kind === 'host' || kind === 'ip' || kind === 'cidr' || kind === 'outside';

const always = () => true;

/** Whether packets of a flow come past a hop, as far as its two ends tell. */
const passes: Readonly<Record<Hop, (flow: Flow) => boolean>> = {
  source: always,
  name: ({ to }) => to.kind === 'host',
  veth: ({ from }) => isPod(from),
  policy: ({ from, to }) => isPod(from) || isPod(to) || isService(to),
  door: ({ to }) => to.kind === 'ingress',
  service: ({ to }) => isService(to),
  rules: ({ to }) => isService(to),
  bridge: always,
  overlay: ({ to }) => !isBeyond(to),
  node: ({ to }) => !isBeyond(to),
  exit: ({ to }) => isBeyond(to),
  endpoint: always,
};

/** Worst first. What could not be looked at stands above what is merely odd. */
const severity: readonly State[] = ['fail', 'error', 'unsure', 'warn', 'skip', 'pass'];

const placeOfCheck = ({ catalog }: View, check: string): Place | undefined => {
  const step = catalog.steps[check]?.step;
  return step && placeOf(step);
};

type Seen = readonly { readonly finding: Finding; readonly number: number }[];

/** What a node of the tree said last counts: a check may have been repeated. */
const lastOfEach = ({ look }: View): Seen => {
  const all = (look?.trail ?? []).map((finding, at) => ({ finding, number: at + 1 }));
  return [...new Map(all.map((seen) => [seen.finding.node, seen])).values()];
};

const waiting = (view: View, ahead: readonly string[]): Place[] =>
  ahead.flatMap((name) => {
    const node = view.look?.runbook?.nodes[name];
    return node && isStepNode(node) ? (placeOfCheck(view, node.step) ?? []) : [];
  });

/** Where the best cause lies: at the check that proves it most, where that looks at one hop. */
const faultyPlace = (view: View): Place | undefined => {
  const verdict = view.look?.verdict;
  const [best] = verdict?.causes ?? [];
  if (!best || verdict?.result !== 'fault') return undefined;
  const proving = best.grounds.filter(({ weight }) => weight !== 'refuting');
  const places = proving.flatMap(({ check }) => placeOfCheck(view, check) ?? []);
  const stage = view.catalog.causes[best.id]?.stage;
  return places.find((place) => place !== 'whole') ?? (stage && placeOf({ stage }));
};

const stateAt = (view: View, place: Place, findings: readonly Finding[]): State | undefined => {
  const running = runningCheck(view);
  if (running && placeOfCheck(view, running.check) === place) return runningState(view);
  return severity.find((state) => findings.some(({ result }) => result === state));
};

/** The stops between the two ends, in the order of the packets, and after them the whole way where it was tried. */
export const stopsOf = (view: View, ahead: readonly string[]): Stop[] => {
  const { look } = view;
  if (!look) return [];
  const last = Map.groupBy(lastOfEach(view), ({ finding }) => placeOfCheck(view, finding.check) ?? placeOf(finding));
  const expected = new Set(waiting(view, ahead));
  const faulty = faultyPlace(view);
  return [...hops, 'whole' as const].flatMap((place): Stop[] => {
    const seen = last.get(place) ?? [];
    const worst = stateAt(
      view,
      place,
      seen.map(({ finding }) => finding),
    );
    const state = worst ?? (expected.has(place) ? 'wait' : undefined);
    const isPassed = place !== 'whole' && passes[place](look.flow);
    if (!isPassed && !state && place !== faulty) return [];
    const checks = seen.map(({ number }) => number);
    return [{ place, ...(state && { state }), checks, failing: place === faulty }];
  });
};

/** The two ends by their names, what lies between by what it is. */
export const stopName = ({ look, say }: View, place: Place): string => {
  if (place === 'source' && look) return writeEnd(look.flow.from);
  if (place === 'endpoint' && look && !isService(look.flow.to)) return writeEnd(look.flow.to);
  return say(`ui.hop.${place}`);
};
