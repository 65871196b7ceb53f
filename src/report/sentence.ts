import { type Facts, type Finding, looked, type Reason } from '../domain/finding.js';
import { flowWords } from '../domain/flow-words.js';
import { fill } from '../domain/text.js';
import type { NotChecked } from '../domain/verdict.js';
import type { ReportInput } from './catalog.js';
import { spokenFacts } from './policy/reasons.js';
import { type Speaker, say } from './say.js';

/** Values that every text of a session may name. */
export const sessionWords = ({ session: { header } }: Pick<ReportInput, 'session'>): Facts =>
  header ? flowWords(header.flow, header.target.context ?? undefined) : {};

/** A resource as kubectl spells it, with its group. */
const rightOf = ({ missing }: Reason): Facts | null =>
  missing
    ? {
        verb: missing.verb,
        resource: missing.group ? `${missing.resource}.${missing.group}` : missing.resource,
        ...(missing.namespace !== undefined && { namespace: missing.namespace }),
      }
    : null;

/** Why something was not looked at: `denied: create pods/exec in shop`. */
export const reasonText = (input: Speaker, reason: NotChecked['reason']) => {
  const right = 'missing' in reason ? rightOf(reason) : null;
  if (right) return say(input, 'namespace' in right ? 'reason.denied' : 'reason.denied-everywhere', right);
  if (reason.code === 'not-granted' && reason.detail === 'consent') return say(input, 'reason.no-consent');
  const text = say(input, `reason.${reason.code}`);
  return reason.detail ? `${text}: ${reason.detail}` : text;
};

/** The title of a check, or of a whole station (`stage:dns`). */
export const checkTitle = (input: ReportInput, check: string) => {
  if (check.startsWith('stage:')) return say(input, `stage.${check.slice('stage:'.length)}`);
  return input.catalog.steps[check]?.text[input.language].title ?? check;
};

export const causeTitle = (input: ReportInput, id: string) => input.catalog.causes[id]?.title[input.language] ?? id;

/** What a finding says, in one sentence. */
export const findingSentence = (input: ReportInput, finding: Finding) => {
  if (!looked(finding) && finding.reason) {
    return `${checkTitle(input, finding.check)}: ${reasonText(input, finding.reason)}`;
  }
  const template = input.catalog.steps[finding.check]?.text[input.language].outcomes[finding.outcome];
  return template === undefined
    ? `${finding.check}: ${finding.outcome}`
    : fill(template, { ...sessionWords(input), ...spokenFacts(finding.facts, input.language) });
};

/** The last run of a check, optionally of one node. */
export const lastFinding = ({ session }: ReportInput, check: string, node?: string) =>
  session.findings.findLast((finding) => finding.check === check && (node === undefined || finding.node === node));

/** The finding that a verdict names as its reason: `node/check`, or one of the two. */
export const findingNamed = ({ session }: ReportInput, by: string) =>
  session.findings.findLast(({ node, check }) => [`${node}/${check}`, check, node].includes(by));
