import { type Deed, deedIn, deeds, type Remedy } from '../domain/cause.js';
import type { Facts } from '../domain/finding.js';
import { fill, isFillable, type Language } from '../domain/text.js';
import type { Candidate, Ground } from '../domain/verdict.js';
import { unknownWorkloads } from '../domain/workload-of.js';
import type { ReportInput } from './catalog.js';
import { fillCommand } from './command-text.js';
import { lastFinding, sessionWords } from './sentence.js';

const lightestFirst: readonly Ground['weight'][] = ['refuting', 'weak', 'strong', 'decisive'];

/** Who made the Pods at both ends, as any check of the session saw it, else in capitals for a person to fill in. */
const workloadsOf = ({ session: { findings } }: ReportInput): Facts =>
  Object.fromEntries(
    Object.entries(unknownWorkloads).map(([name, unknown]) => {
      const seen = findings.findLast(({ facts }) => Object.hasOwn(facts, name));
      return [name, seen?.facts[name] ?? unknown];
    }),
  );

/** Values for the remedies of a cause: its findings, the decisive ones over the others, then the flow. */
const factsOf = (input: ReportInput, { grounds }: Candidate): Facts => {
  const lastWins = lightestFirst.flatMap((weight) => grounds.filter((ground) => ground.weight === weight).toReversed());
  const found = lastWins.map(({ check, node }) => lastFinding(input, check, node)?.facts ?? {});
  return Object.assign({}, workloadsOf(input), ...found, sessionWords(input));
};

/** Already filled when it was weighed: filling it again would read placeholders out of facts. */
export const statementOf = ({ language }: Pick<ReportInput, 'language'>, { statement }: Candidate) =>
  statement[language];

/** A line keeps every fact one argument; a sentence says it as it is. */
const filledDeed = (deed: Deed, language: Language, facts: Facts) =>
  typeof deed === 'string' ? fillCommand(deed, facts) : fill(deedIn(deed, language), facts);

/** The ways out that the catalogue knows, mildest first, with the values of this session. */
export const remediesOf = (input: ReportInput, candidate: Candidate) => {
  const { language } = input;
  const facts = factsOf(input, candidate);
  const remedies = input.catalog.causes[candidate.id]?.remedies ?? [];
  const templates = (remedy: Remedy) => [...deeds.map((name) => deedIn(remedy[name], language)), remedy.capture ?? ''];
  return remedies
    .filter((remedy) => templates(remedy).every((line) => isFillable(line, facts)))
    .toSorted((a, b) => a.severity - b.severity)
    .map((remedy) => ({
      title: fill(remedy.title[language], facts),
      severity: remedy.severity,
      precheck: filledDeed(remedy.precheck, language, facts),
      capture: remedy.capture === undefined ? null : fillCommand(remedy.capture, facts),
      command: filledDeed(remedy.command, language, facts),
      effect: fill(remedy.effect[language], facts),
      rollback: filledDeed(remedy.rollback, language, facts),
      verify: remedy.verify,
      /** Which of them are sentences for a person, that no shell should get to see. */
      inWords: deeds.filter((name) => typeof remedy[name] !== 'string'),
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
