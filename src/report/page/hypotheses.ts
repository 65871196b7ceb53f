import type { Finding } from '../../domain/finding.js';
import { candidates, statementOf } from '../candidate.js';
import type { ReportInput } from '../catalog.js';
import { goOnCommand, residualTitles } from '../residual.js';
import { say } from '../say.js';
import { causeTitle, checkTitle, findingNamed, findingSentence, reasonText } from '../sentence.js';
import { type Block, type Bullet, bulletsOrNone, heading, paragraph, proven, type Section, table } from './block.js';

const considered = (input: ReportInput) => {
  const rows = candidates(input).map((candidate) => [
    ...[candidate.id, statementOf(input, candidate)],
    ...[say(input, `certainty.${candidate.certainty}`), [{ evidence: candidate.evidence }]],
  ]);
  const heads = ['cause', 'statement', 'certainty', 'evidence'].map((key) => say(input, key));
  return rows.length > 0 ? table(heads, rows) : paragraph(say(input, 'hypotheses.none'));
};

const because = (input: ReportInput, by: string, finding: Finding | undefined) =>
  finding ? proven(findingSentence(input, finding), finding.evidence) : [checkTitle(input, by)];

/** One finding often rules out many causes: it is told once, with all of them below it. */
const ruledOut = (input: ReportInput): Block => {
  const all = input.session.verdict?.ruledOut ?? [];
  const items = [...Map.groupBy(all, ({ by }) => by)].map(
    ([by, causes]): Bullet => ({
      line: because(input, by, findingNamed(input, by)),
      under: causes.map(({ id }) => `${id} ${causeTitle(input, id)}`),
    }),
  );
  return items.length > 0 ? { kind: 'bullets', items } : paragraph(say(input, 'none'));
};

const notChecked = (input: ReportInput) =>
  (input.session.verdict?.notChecked ?? []).map(
    ({ check, reason }) => `${checkTitle(input, check)}: ${reasonText(input, reason)}`,
  );

const goOn = (input: ReportInput): Block[] => {
  const command = goOnCommand(input);
  return command
    ? [
        paragraph(say(input, 'unexplained.go-on', { command: '' }).trim()),
        { kind: 'code', text: command, language: 'sh' },
      ]
    : [];
};

export const hypotheses: Section = {
  key: 'section.hypotheses',
  blocks: (input) => [
    considered(input),
    heading(say(input, 'ruled-out')),
    ruledOut(input),
    heading(say(input, 'not-checked')),
    bulletsOrNone(input, notChecked(input)),
    ...(candidates(input).length > 0 || residualTitles(input).length > 0
      ? [heading(say(input, 'unexplained')), bulletsOrNone(input, residualTitles(input)), ...goOn(input)]
      : []),
  ],
};
