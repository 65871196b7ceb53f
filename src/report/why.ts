import type { Ground } from '../domain/verdict.js';
import type { Together, Turn, Wanted, Why } from '../domain/why.js';
import { whys } from '../verdict/why.js';
import type { ReportInput } from './catalog.js';
import { say } from './say.js';
import { causeTitle, checkTitle, findingSentence, lastFinding, reasonText } from './sentence.js';

/** A heading with what is said under it; the first of a cause has no lines. */
export interface WhySection {
  readonly heading: string;
  readonly lines: readonly string[];
}

const standingText = (input: ReportInput, { standing }: Why) =>
  say(
    input,
    ['ruled-out', 'accounted', 'unsupported'].includes(standing) ? `why.standing.${standing}` : `certainty.${standing}`,
  );

const groundText = (input: ReportInput, { check, node, weight }: Ground) => {
  const finding = lastFinding(input, check, node);
  const sentence = finding ? findingSentence(input, finding) : checkTitle(input, check);
  const place = finding ? `${node}.${finding.run}` : node;
  return weight === 'refuting' ? `${place}: ${sentence}` : `${place} (${say(input, `weight.${weight}`)}): ${sentence}`;
};

const saidText = (input: ReportInput, { isSeen, finding }: Wanted) => {
  if (isSeen) return say(input, 'why.said.seen');
  if (!finding) return say(input, 'why.said.never');
  if (finding.reason) return reasonText(input, finding.reason);
  return say(input, 'why.said.other', { outcome: finding.outcome });
};

const wantedText = (input: ReportInput, proof: readonly Wanted[]) =>
  proof
    .map((one) => {
      const outcomes = one.outcomes.join(` ${say(input, 'why.or')} `);
      return `${say(input, 'why.wanted', { check: one.step, outcomes })} (${saidText(input, one)})`;
    })
    .join(`, ${say(input, 'why.and')} `);

const turnText = (input: ReportInput, turn: Turn | undefined) =>
  turn
    ? say(input, `why.turn.${turn.how}`, {
        title: checkTitle(input, turn.check),
        check: turn.check,
        rival: turn.rival ? `${turn.rival} ${causeTitle(input, turn.rival)}` : '',
      })
    : say(input, 'why.turn.none');

const togetherText = (input: ReportInput, { id, how }: Together) =>
  say(input, 'why.together.line', { id, title: causeTitle(input, id), how: how[input.language] });

/** So many ways to a proof are told; those that are nearest to what was seen. */
const mostWanted = 2;

const sectionsOf = (input: ReportInput, told: Why): WhySection[] => {
  const [against, speaking] = [true, false].map((isAgainst) =>
    told.grounds.filter(({ weight }) => (weight === 'refuting') === isAgainst).map((one) => groundText(input, one)),
  );
  const rows = told.unexplained.map((row) =>
    say(input, 'why.against.row', { row: input.catalog.elimination[row]?.title[input.language] ?? row }),
  );
  const sections: WhySection[] = [
    { heading: say(input, 'why.for'), lines: speaking ?? [] },
    { heading: say(input, 'why.against'), lines: [...(against ?? []), ...rows] },
    { heading: say(input, 'verdict.capped'), lines: told.capped.map((word) => say(input, `capped.${word}`)) },
    {
      heading: say(input, 'why.lacking'),
      lines: told.wanted.slice(0, mostWanted).map((proof) => wantedText(input, proof)),
    },
    { heading: say(input, 'why.together'), lines: told.together.map((one) => togetherText(input, one)) },
    { heading: say(input, 'why.turn'), lines: [turnText(input, told.turn)] },
  ];
  const title = { id: told.id, title: causeTitle(input, told.id), standing: standingText(input, told) };
  return [{ heading: say(input, 'why.head', title), lines: [] }, ...sections.filter(({ lines }) => lines.length > 0)];
};

/** The candidates in the order in which they are told of. */
export const whyCandidates = ({ session, catalog }: ReportInput): string[] =>
  whys({ ...catalog, findings: session.findings }, undefined).map(({ id }) => id);

/**
 * What speaks for and against each candidate of a session, or one cause of the catalogue, and the single check that
 * would change its mind. Weighed anew from the findings: also in the middle of a walk.
 */
export const whySections = (input: ReportInput, id?: string): WhySection[][] => {
  const { session, catalog } = input;
  return whys({ ...catalog, findings: session.findings }, id).map((told) => sectionsOf(input, told));
};

/** The same as lines of plain text. */
export const whyLines = (input: ReportInput, id?: string): string[] => {
  const all = whySections(input, id);
  if (all.length === 0) return [say(input, 'why.none')];
  return all.flatMap((sections, at) => [
    ...(at > 0 ? [''] : []),
    ...sections.flatMap(({ heading, lines }, place) => [
      place === 0 ? heading : `  ${heading}`,
      ...lines.map((line) => `    ${line}`),
    ]),
  ]);
};
