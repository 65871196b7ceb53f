import type { EventType, JournalEvent } from '../domain/journal.js';
import { isSameResource } from '../domain/resource.js';
import type { Fix, Pause, SessionView, Stamped } from '../domain/session-view.js';
import { genesis } from './chain.js';

type Draft = { -readonly [K in keyof SessionView]: SessionView[K] };
type EventOf<T extends EventType> = Extract<JournalEvent, { type: T }>;

const empty: SessionView = {
  header: null,
  startedAt: null,
  lastAt: null,
  intake: [],
  findings: [],
  commands: [],
  branches: [],
  decisions: [],
  consents: [],
  collected: [],
  overrides: [],
  skips: [],
  reruns: [],
  backs: [],
  predictions: [],
  notes: [],
  fixes: [],
  made: [],
  pauses: [],
  state: 'running',
  running: [],
  concluded: null,
  verdict: null,
  ended: null,
  cost: null,
  root: genesis,
};

const stamped = <T extends EventType>({ data, seq, ts }: EventOf<T>) =>
  ({ ...data, seq, at: ts }) as unknown as Stamped<EventOf<T>['data']>;

interface NodeRun {
  readonly node: string;
  readonly run: number;
}

const without = <T extends NodeRun>(list: readonly T[], gone: NodeRun) =>
  list.filter(({ node, run }) => node !== gone.node || run !== gone.run);

/**
 * Lists that only a fold which is still going on has seen, each with the places of what has a node and a run: copying
 * or searching them for each of ten thousand events takes a second.
 */
const growing = new WeakMap<readonly unknown[], Map<string, number>>();

const keyOf = ({ node, run }: NodeRun) => `${run} ${node}`;

const added = <T>(list: readonly T[], item: T): readonly T[] => {
  if (!growing.has(list)) return [...list, item];
  (list as T[]).push(item);
  return list;
};

/** A finding that is told again after a resume takes the place of the first telling. */
const placed = <T extends NodeRun>(list: readonly T[], item: T) => {
  const places = growing.get(list);
  const key = keyOf(item);
  const at = places ? (places.get(key) ?? -1) : list.findLastIndex((one) => keyOf(one) === key);
  if (at < 0) {
    places?.set(key, list.length);
    return added(list, item);
  }
  if (!places) return list.with(at, item);
  (list as T[])[at] = item;
  return list;
};

const closed = (pauses: readonly Pause[], to: string): Pause[] =>
  pauses.map((pause) => (pause.to === undefined ? { ...pause, to } : pause));

/** What is told of a fix belongs to the one that was proposed last. */
const inLastFix = (view: Draft, part: Partial<Fix>) => {
  const last = view.fixes.at(-1);
  if (last) view.fixes = view.fixes.with(-1, { ...last, ...part });
};

type Folder<T extends EventType> = (view: Draft, event: EventOf<T>) => void;

const folders: { readonly [T in EventType]: Folder<T> } = {
  'session.started': (view, event) => {
    view.header = event.data;
    view.startedAt = event.ts;
  },
  'intake.answered': (view, event) => {
    view.intake = added(view.intake, stamped<'intake.answered'>(event));
  },
  'check.started': (view, event) => {
    view.running = placed(view.running, stamped<'check.started'>(event));
  },
  'command.ran': (view, event) => {
    view.commands = added(view.commands, stamped<'command.ran'>(event));
  },
  'check.finished': (view, event) => {
    view.running = without(view.running, event.data);
    view.findings = placed(view.findings, stamped<'check.finished'>(event));
  },
  'decision.auto': (view, event) => {
    view.branches = added(view.branches, stamped<'decision.auto'>(event));
  },
  'decision.operator': (view, event) => {
    view.decisions = added(view.decisions, stamped<'decision.operator'>(event));
  },
  'nodes.collected': (view, event) => {
    view.collected = added(view.collected, stamped<'nodes.collected'>(event));
  },
  'consent.given': (view, event) => {
    view.consents = added(view.consents, stamped<'consent.given'>(event));
  },
  override: (view, event) => {
    view.overrides = added(view.overrides, stamped<'override'>(event));
  },
  'check.skipped': (view, event) => {
    view.skips = added(view.skips, stamped<'check.skipped'>(event));
    view.running = view.running.filter(({ node }) => node !== event.data.node);
  },
  'check.rerun': (view, event) => {
    view.reruns = added(view.reruns, stamped<'check.rerun'>(event));
  },
  'step.back': (view, event) => {
    view.backs = added(view.backs, stamped<'step.back'>(event));
  },
  'prediction.made': (view, event) => {
    view.predictions = placed(view.predictions, stamped<'prediction.made'>(event));
  },
  'note.added': (view, event) => {
    view.notes = added(view.notes, stamped<'note.added'>(event));
  },
  'fix.proposed': (view, event) => {
    view.fixes = [...view.fixes, { proposed: stamped<'fix.proposed'>(event) }];
  },
  'fix.previewed': (view, event) => inLastFix(view, { previewed: stamped<'fix.previewed'>(event) }),
  'fix.confirmed': (view, event) => inLastFix(view, { confirmed: stamped<'fix.confirmed'>(event) }),
  'fix.applied': (view, event) => inLastFix(view, { applied: stamped<'fix.applied'>(event) }),
  'fix.refused': (view, event) => inLastFix(view, { refused: stamped<'fix.refused'>(event) }),
  'fix.verified': (view, event) => inLastFix(view, { verified: stamped<'fix.verified'>(event) }),
  'fix.undone': (view, event) => inLastFix(view, { undone: stamped<'fix.undone'>(event) }),
  'resource.created': (view, event) => {
    const told = stamped<'resource.created'>(event);
    // A process that goes on with a session tells again of what it finds there.
    const others = view.made.filter(
      (one) => one.removal !== undefined || one.uid !== told.uid || !isSameResource(one, told),
    );
    view.made = [...others, told];
  },
  'resource.removed': (view, { data }) => {
    // One that could not be removed may have been removed later.
    const at = view.made.findLastIndex((one) => isSameResource(one, data) && one.removal?.outcome !== 'removed');
    const found = view.made[at];
    if (found) view.made = view.made.with(at, { ...found, removal: data });
  },
  concluded: (view, event) => {
    view.concluded = stamped<'concluded'>(event);
  },
  verdict: (view, event) => {
    view.verdict = stamped<'verdict'>(event);
  },
  'session.paused': (view, event) => {
    view.state = 'paused';
    view.pauses = [...closed(view.pauses, event.ts), { from: event.ts }];
  },
  'session.resumed': (view, event) => {
    view.state = 'running';
    view.pauses = closed(view.pauses, event.ts);
    // Whatever ran in the process before has died with it.
    view.running = [];
    view.ended = null;
    view.cost = null;
  },
  'session.ended': (view, event) => {
    view.state = 'ended';
    view.pauses = closed(view.pauses, event.ts);
    view.running = [];
    view.ended = stamped<'session.ended'>(event);
    view.cost = event.data.cost;
  },
};

/** One event further. Pure: screens that follow a session fold only what is new. */
export const foldEvent = (view: SessionView, event: JournalEvent): SessionView => {
  const draft: Draft = { ...view, lastAt: event.ts, root: event.hash };
  (folders[event.type] as (view: Draft, event: JournalEvent) => void)(draft, event);
  return draft;
};

/** The same view with lists of its own. */
const begun = (): { view: SessionView; lists: readonly (readonly unknown[])[] } => {
  const findings: SessionView['findings'] = [];
  const commands: SessionView['commands'] = [];
  const branches: SessionView['branches'] = [];
  return { view: { ...empty, findings, commands, branches }, lists: [findings, commands, branches] };
};

/** A journal as one value: what reports, screens and resume read. Pure. */
export const foldJournal = (events: readonly JournalEvent[]): SessionView => {
  const { view, lists } = begun();
  for (const list of lists) growing.set(list, new Map());
  const whole = events.reduce(foldEvent, view);
  for (const list of [whole.findings, whole.commands, whole.branches]) growing.delete(list);
  return whole;
};
