import { escapeMarkdown } from '../../clean/escape.js';
import { candidates, statementOf } from '../candidate.js';
import type { ReportInput } from '../catalog.js';
import { causeTitle, checkTitle, findingNamed, findingSentence, reasonText } from '../sentence.js';
import { bulletsOrNone, evidenceLinks, type Section, table, text } from './page.js';

const considered = (input: ReportInput) => {
  const rows = candidates(input).map((candidate) => [
    ...[escapeMarkdown(candidate.id), escapeMarkdown(statementOf(input, candidate))],
    ...[text(input, `certainty.${candidate.certainty}`), evidenceLinks(input, candidate.evidence)],
  ]);
  const heads = ['cause', 'statement', 'certainty', 'evidence'].map((key) => text(input, key));
  return rows.length > 0 ? table(heads, rows) : text(input, 'hypotheses.none');
};

const ruledOut = (input: ReportInput) =>
  (input.session.verdict?.ruledOut ?? []).map(({ id, by }) => {
    const finding = findingNamed(input, by);
    const why = escapeMarkdown(finding ? findingSentence(input, finding) : checkTitle(input, by));
    const links = finding ? evidenceLinks(input, finding.evidence) : '';
    return `${escapeMarkdown(`${id} ${causeTitle(input, id)}`)}: ${why}${links && ` (${links})`}`;
  });

const notChecked = (input: ReportInput) =>
  (input.session.verdict?.notChecked ?? []).map(
    ({ check, reason }) => `${escapeMarkdown(checkTitle(input, check))}: ${escapeMarkdown(reasonText(input, reason))}`,
  );

const unexplained = (input: ReportInput) =>
  (input.session.verdict?.unexplained ?? []).map((row) =>
    escapeMarkdown(input.catalog.elimination[row]?.title[input.language] ?? row),
  );

export const hypotheses: Section = {
  key: 'section.hypotheses',
  blocks: (input) => [
    considered(input),
    `### ${text(input, 'ruled-out')}`,
    bulletsOrNone(input, ruledOut(input)),
    `### ${text(input, 'not-checked')}`,
    bulletsOrNone(input, notChecked(input)),
    `### ${text(input, 'unexplained')}`,
    bulletsOrNone(input, unexplained(input)),
  ],
};
