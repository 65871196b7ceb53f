import type { SessionView } from '../../domain/session-view.js';
import type { ReportInput } from '../catalog.js';
import { dangerLine } from '../danger.js';
import { verifiedSentence } from '../fix-words.js';
import { say } from '../say.js';
import { findingSentence } from '../sentence.js';
import { verdictLine } from '../words.js';

export interface TimelineEntry {
  readonly at: string;
  /** The line of the journal; absent for what happened elsewhere, whose time a person has told. */
  readonly seq?: number | undefined;
  readonly what: string;
  readonly evidence: readonly string[];
}

type Collect = (input: ReportInput, session: SessionView) => TimelineEntry[];

type When = Pick<TimelineEntry, 'at' | 'seq'>;

const entry = ({ at, seq }: When, what: string, evidence: readonly string[] = []): TimelineEntry => ({
  ...{ at, seq, what, evidence },
});

const findings: Collect = (input, { findings: all }) =>
  all
    .filter(({ result }) => result !== 'pass' && result !== 'skip')
    .map((finding) => {
      const facts = { result: say(input, `result.${finding.result}`), sentence: findingSentence(input, finding) };
      return entry(finding, say(input, 'timeline.finding', facts), finding.evidence);
    });

const choices: Collect = (input, { decisions, overrides, skips, reruns, backs }) => [
  ...decisions.map((one) => entry(one, say(input, 'timeline.decision', { node: one.node, answer: one.answer }))),
  ...overrides.map((one) => {
    const { node, chosen, reason } = one;
    return entry(one, say(input, 'timeline.override', { node, chosen, reason }));
  }),
  ...skips.map((one) => entry(one, say(input, 'timeline.skip', { check: one.check }))),
  ...reruns.map((one) => entry(one, say(input, 'timeline.rerun', { node: one.node }))),
  ...backs.map((one) => entry(one, say(input, 'timeline.back', { from: one.from, to: one.to }))),
];

const notes: Collect = (input, session) => [
  ...session.notes.map((note) => {
    const when = note.happened_at === undefined ? note : { at: note.happened_at };
    const warnings = (note.dangers ?? []).map((id) => `(${dangerLine(input, id)})`);
    return entry(when, [say(input, 'timeline.note', { text: note.text }), ...warnings].join(' '));
  }),
  ...session.intake
    .filter(({ question, answer }) => question === 'since' && !Number.isNaN(Date.parse(answer)))
    .map(({ answer }) => entry({ at: answer }, say(input, 'timeline.since'))),
];

const fixes: Collect = (input, { fixes: all }) =>
  all.flatMap(({ applied, verified, undone, proposed }) => [
    ...(applied ? [entry(applied, say(input, 'timeline.changed', { target: proposed.target }))] : []),
    ...(verified ? [entry(verified, verifiedSentence(input, verified))] : []),
    ...(undone ? [entry(undone, say(input, undone.done ? 'fix.undone' : 'fix.kept'))] : []),
  ]);

const frame: Collect = (input, { startedAt, pauses, verdict, ended }) => [
  ...(startedAt === null ? [] : [entry({ at: startedAt, seq: 0 }, say(input, 'timeline.started'))]),
  ...pauses.flatMap(({ from, to }) => [
    entry({ at: from }, say(input, 'timeline.paused')),
    ...(to === undefined ? [] : [entry({ at: to }, say(input, 'timeline.resumed'))]),
  ]),
  ...(verdict ? [entry(verdict, verdictLine(input), verdict.causes[0]?.evidence)] : []),
  ...(ended ? [entry(ended, say(input, `ended.${ended.cause}`))] : []),
];

const moment = ({ at }: TimelineEntry) => Date.parse(at) || 0;

/** What happened elsewhere stands before the first line that was written later. */
const placed = (told: readonly TimelineEntry[], one: TimelineEntry) => {
  const at = told.findIndex((entry) => moment(entry) > moment(one));
  return told.toSpliced(at < 0 ? told.length : at, 0, one);
};

/**
 * What a reader of the postmortem needs, oldest first; what happened before the session stands before it. Lines of the
 * journal keep its order: many share a millisecond, and the clock of a recording jumps.
 */
export const timelineEntries = (input: ReportInput): TimelineEntry[] => {
  const all = [notes, frame, findings, choices, fixes].flatMap((collect) => collect(input, input.session));
  const { written = [], elsewhere = [] } = Object.groupBy(all, ({ seq }) =>
    seq === undefined ? 'elsewhere' : 'written',
  );
  const inOrder = written.toSorted((a, b) => (a.seq ?? 0) - (b.seq ?? 0));
  return elsewhere.toSorted((a, b) => moment(a) - moment(b)).reduce(placed, inOrder);
};
