import type { SessionView } from '../../domain/session-view.js';
import type { ReportInput } from '../catalog.js';
import { say } from '../say.js';
import { findingSentence } from '../sentence.js';
import { verdictLine } from '../words.js';

export interface TimelineEntry {
  readonly at: string;
  readonly what: string;
  readonly evidence: readonly string[];
}

type Collect = (input: ReportInput, session: SessionView) => TimelineEntry[];

const entry = (at: string, what: string, evidence: readonly string[] = []): TimelineEntry => ({ at, what, evidence });

const findings: Collect = (input, { findings: all }) =>
  all
    .filter(({ result }) => result !== 'pass' && result !== 'skip')
    .map((finding) => {
      const facts = { result: say(input, `result.${finding.result}`), sentence: findingSentence(input, finding) };
      return entry(finding.at, say(input, 'timeline.finding', facts), finding.evidence);
    });

const choices: Collect = (input, { decisions, overrides, skips, reruns, backs }) => [
  ...decisions.map(({ at, node, answer }) => entry(at, say(input, 'timeline.decision', { node, answer }))),
  ...overrides.map(({ at, node, chosen, reason }) =>
    entry(at, say(input, 'timeline.override', { node, chosen, reason })),
  ),
  ...skips.map(({ at, check }) => entry(at, say(input, 'timeline.skip', { check }))),
  ...reruns.map(({ at, node }) => entry(at, say(input, 'timeline.rerun', { node }))),
  ...backs.map(({ at, from, to }) => entry(at, say(input, 'timeline.back', { from, to }))),
];

const notes: Collect = (input, session) => [
  ...session.notes.map((note) => entry(note.happened_at ?? note.at, say(input, 'timeline.note', { text: note.text }))),
  ...session.intake
    .filter(({ question, answer }) => question === 'since' && !Number.isNaN(Date.parse(answer)))
    .map(({ answer }) => entry(answer, say(input, 'timeline.since'))),
];

const frame: Collect = (input, { startedAt, pauses, verdict, ended }) => [
  ...(startedAt === null ? [] : [entry(startedAt, say(input, 'timeline.started'))]),
  ...pauses.flatMap(({ from, to }) => [
    entry(from, say(input, 'timeline.paused')),
    ...(to === undefined ? [] : [entry(to, say(input, 'timeline.resumed'))]),
  ]),
  ...(verdict ? [entry(verdict.at, verdictLine(input), verdict.causes[0]?.evidence)] : []),
  ...(ended ? [entry(ended.at, say(input, `ended.${ended.cause}`))] : []),
];

const moment = ({ at }: TimelineEntry) => Date.parse(at) || 0;

/** What a reader of the postmortem needs, oldest first; what happened before the session stands before it. */
export const timelineEntries = (input: ReportInput): TimelineEntry[] =>
  [notes, frame, findings, choices]
    .flatMap((collect) => collect(input, input.session))
    .toSorted((a, b) => moment(a) - moment(b));
