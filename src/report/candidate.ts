import type { Facts } from '../domain/finding.js';
import { fill, isFillable } from '../domain/text.js';
import type { Candidate, Ground } from '../domain/verdict.js';
import type { ReportInput } from './catalog.js';
import { fillCommand } from './command-text.js';
import { lastFinding, sessionWords } from './sentence.js';

const lightestFirst: readonly Ground['weight'][] = ['refuting', 'weak', 'strong', 'decisive'];

/** Values for the remedies of a cause: its findings, the decisive ones over the others, then the flow. */
const factsOf = (input: ReportInput, { grounds }: Candidate): Facts => {
  const lastWins = lightestFirst.flatMap((weight) => grounds.filter((ground) => ground.weight === weight).toReversed());
  const found = lastWins.map(({ check, node }) => lastFinding(input, check, node)?.facts ?? {});
  return Object.assign({}, ...found, sessionWords(input));
};

/** Already filled when it was weighed: filling it again would read placeholders out of facts. */
export const statementOf = ({ language }: Pick<ReportInput, 'language'>, { statement }: Candidate) =>
  statement[language];

/** The ways out that the catalogue knows, mildest first, with the values of this session. */
export const remediesOf = (input: ReportInput, candidate: Candidate) => {
  const facts = factsOf(input, candidate);
  const remedies = input.catalog.causes[candidate.id]?.remedies ?? [];
  return remedies
    .filter(({ precheck, command, rollback }) => [precheck, command, rollback].every((line) => isFillable(line, facts)))
    .toSorted((a, b) => a.severity - b.severity)
    .map(({ title, severity, precheck, command, effect, rollback, verify }) => ({
      title: fill(title[input.language], facts),
      severity,
      precheck: fillCommand(precheck, facts),
      command: fillCommand(command, facts),
      effect: fill(effect[input.language], facts),
      rollback: fillCommand(rollback, facts),
      verify,
    }));
};
export type FilledRemedy = ReturnType<typeof remediesOf>[number];

/**
 * The one to name where there is room for one: the mildest that repairs something. What only reads comes first in the
 * list, but whoever asks for the next step has read enough.
 */
export const firstRemedy = (input: ReportInput, candidate: Candidate): FilledRemedy | undefined => {
  const remedies = remediesOf(input, candidate);
  return remedies.find(({ severity }) => severity > 0) ?? remedies[0];
};

/** The causes a report speaks of, best first. */
export const candidates = ({ session }: ReportInput) => session.verdict?.causes ?? [];
