import type { Finding } from '../domain/finding.js';
import type { Json } from '../domain/json.js';
import type { SessionView } from '../domain/session-view.js';
import type { ReportInput } from './catalog.js';
import { say } from './say.js';
import { checkTitle, findingSentence } from './sentence.js';
import { verdictLine } from './words.js';

/** Two sessions of the same catalogue; `before` and `after` may be about two clusters or two days. */
export interface Compared {
  readonly before: ReportInput;
  readonly after: ReportInput;
}

interface ChangedFact {
  readonly fact: string;
  readonly before: Json | null;
  readonly after: Json | null;
}

export interface ChangedCheck {
  readonly check: string;
  readonly node: string;
  /** The outcome, or null where this session did not come there. */
  readonly before: string | null;
  readonly after: string | null;
  readonly facts: readonly ChangedFact[];
}

export interface SessionDiff {
  readonly verdict: { readonly before: string; readonly after: string; readonly same: boolean };
  readonly checks: readonly ChangedCheck[];
  /** How many checks both sessions did with the same outcome and the same facts. */
  readonly same: number;
}

const keyOf = ({ node, check }: Pick<Finding, 'node' | 'check'>) => `${node}/${check}`;

const lastOf = ({ findings }: SessionView) => new Map(findings.map((finding) => [keyOf(finding), finding]));

// Facts are plain JSON, whose keys a journal keeps in canonical order.
const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

const factsOf = (before: Finding, after: Finding): ChangedFact[] =>
  [...new Set([...Object.keys(before.facts), ...Object.keys(after.facts)])]
    .toSorted()
    .filter((fact) => !isSame(before.facts[fact], after.facts[fact]))
    .map((fact) => ({ fact, before: before.facts[fact] ?? null, after: after.facts[fact] ?? null }));

/** Where only one of the two came. */
const missing = ({ check, node, outcome }: Finding, side: 'before' | 'after'): ChangedCheck => ({
  ...{ check, node, before: null, after: null, facts: [] },
  [side]: outcome,
});

const changed = (before: Finding, after: Finding): ChangedCheck | undefined => {
  const facts = factsOf(before, after);
  if (before.outcome === after.outcome && facts.length === 0) return undefined;
  return { check: after.check, node: after.node, before: before.outcome, after: after.outcome, facts };
};

const changeOf = (before: Finding | undefined, after: Finding | undefined): ChangedCheck | undefined => {
  if (before && after) return changed(before, after);
  if (before) return missing(before, 'before');
  return after && missing(after, 'after');
};

const verdictKey = ({ verdict }: SessionView) =>
  verdict && [verdict.result, ...verdict.causes.map(({ id, certainty, subject }) => `${id} ${certainty} ${subject}`)];

/** What differs between two walks: the verdict, outcomes, and the facts behind equal outcomes. Pure. */
export const sessionDiff = ({ before, after }: Compared): SessionDiff => {
  const [left, right] = [lastOf(before.session), lastOf(after.session)];
  const keys = [...new Set([...left.keys(), ...right.keys()])];
  const checks = keys.flatMap((key) => changeOf(left.get(key), right.get(key)) ?? []);
  return {
    verdict: {
      before: verdictLine(before),
      after: verdictLine(after),
      same: isSame(verdictKey(before.session), verdictKey(after.session)),
    },
    checks,
    same: keys.length - checks.length,
  };
};

const sentenceOf = (input: ReportInput, { check, node }: ChangedCheck) => {
  const finding = lastOf(input.session).get(keyOf({ check, node }));
  return finding
    ? `${say(input, `result.${finding.result}`)} ${findingSentence(input, finding)}`
    : say(input, 'diff.not-there');
};

const shown = (value: Json | null) => (typeof value === 'string' ? value : JSON.stringify(value));

/** The same for people, oldest walk first. */
export const diffLines = (compared: Compared): string[] => {
  const { before, after } = compared;
  const { verdict, checks, same } = sessionDiff(compared);
  const [was, is] = [say(before, 'diff.before'), say(after, 'diff.after')];
  const changed = checks.flatMap((change) => [
    `${checkTitle(after, change.check)} (${change.node})`,
    `  ${was}: ${sentenceOf(before, change)}`,
    `  ${is}: ${sentenceOf(after, change)}`,
    ...change.facts.map((one) => `    ${one.fact}: ${shown(one.before)} -> ${shown(one.after)}`),
  ]);
  return [
    ...(verdict.same
      ? [`${say(after, 'diff.same-verdict')}: ${verdict.after}`]
      : [`${was}: ${verdict.before}`, `${is}: ${verdict.after}`]),
    ...changed,
    say(after, 'diff.same', { count: same }),
  ];
};
