import type { ReportInput } from '../catalog.js';
import { say } from '../say.js';
import { flowText, nextLine, proposedRemedy, verdictLine } from '../words.js';
import { type Line, paragraph, type Section, todo } from './block.js';

const asked = (input: ReportInput) =>
  say(input, 'summary.asked', { flow: flowText(input), checks: input.session.findings.length });

/** A command stands as one: escaped as prose it would look like another to whoever copies it from the source. */
const next = (input: ReportInput): Line => {
  const remedy = proposedRemedy(input);
  if (!remedy) return say(input, 'summary.next', { next: nextLine(input) });
  return [say(input, 'summary.remedy', { title: remedy.title }), ' ', { code: remedy.command }];
};

export const summary: Section = {
  key: 'section.summary',
  blocks: (input) => [paragraph(asked(input), verdictLine(input), next(input)), todo(input, 'summary.edit')],
};
