import { writeEnd } from '../domain/ends.js';
import type { Result } from '../domain/finding.js';
import { candidates, firstRemedy, statementOf } from './candidate.js';
import type { ReportInput } from './catalog.js';
import { say } from './say.js';
import { causeTitle, checkTitle } from './sentence.js';

const drawn: Readonly<Record<Result, string>> = { pass: '✓', fail: '✗', warn: '!', unsure: '?', skip: '-', error: '#' };
const typed: Readonly<Record<Result, string>> = { ...drawn, pass: '+', fail: 'x' };

export const markOf = (input: ReportInput, result: Result) => (input.ascii ? typed : drawn)[result];

export const flowText = (input: ReportInput) => {
  const { header } = input.session;
  return header
    ? say(input, 'flow', { from: writeEnd(header.flow.from), to: writeEnd(header.flow.to) })
    : say(input, 'unknown');
};

/** The verdict in one sentence. */
export const verdictLine = (input: ReportInput) => {
  const { verdict } = input.session;
  const [best] = candidates(input);
  if (!verdict) return say(input, 'verdict.none');
  if (verdict.result !== 'fault' || !best) return say(input, `verdict.${verdict.result}`);
  const certainty = say(input, `certainty.${best.certainty}`);
  return say(input, 'verdict.fault', { id: best.id, certainty, statement: statementOf(input, best) });
};

/** The same, and what ended a session without one. */
export const outcomeLine = (input: ReportInput) => {
  const { verdict, ended } = input.session;
  const words = verdictLine(input);
  return verdict || !ended?.error ? words : `${words} ${ended.error.message}`;
};

/** Since when it is broken: what the operator said, else only when this session first looked. */
export const sinceLine = (input: ReportInput) => {
  const told = input.session.intake.findLast(({ question }) => question === 'since')?.answer;
  if (told !== undefined) return say(input, 'since.told', { since: told });
  return say(input, 'since.unknown', { first: input.session.startedAt ?? '?' });
};

/** A fix has held: there is nothing left to repair. */
const isRepaired = ({ session }: ReportInput) => session.fixes.at(-1)?.verified?.outcome === 'held';

/** What would repair it, where the verdict is a fault that the catalogue knows a way out of. */
export const proposedRemedy = (input: ReportInput) => {
  if (isRepaired(input)) return undefined;
  const [best] = candidates(input);
  return best && input.session.verdict?.result === 'fault' ? firstRemedy(input, best) : undefined;
};

/** What would help most now: the mildest remedy of a fault, else the check that would change most. */
export const nextLine = (input: ReportInput) => {
  const { verdict } = input.session;
  if (!verdict) return nextWithout(input);
  if (isRepaired(input)) return say(input, 'next.repaired');
  const remedy = proposedRemedy(input);
  if (remedy) return say(input, 'next.remedy', { title: remedy.title, command: remedy.command });
  if (verdict.next !== undefined)
    return say(input, 'next.check', { title: checkTitle(input, verdict.next), check: verdict.next });
  return say(input, verdict.result === 'healthy' ? 'next.nothing' : 'next.unknown');
};

const nextWithout = (input: ReportInput) => {
  const { header, ended } = input.session;
  return ended?.error ? say(input, 'next.again', { session: header?.session_id ?? '' }) : say(input, 'next.unknown');
};

export const ruledOutNames = (input: ReportInput) =>
  (input.session.verdict?.ruledOut ?? []).map(({ id }) => `${id} ${causeTitle(input, id)}`);
