import { escapeMarkdown } from '../../clean/escape.js';
import type { ReportInput } from '../catalog.js';
import { flowText, nextLine, verdictLine } from '../words.js';
import { type Section, text, todo } from './page.js';

const asked = (input: ReportInput) =>
  text(input, 'summary.asked', { flow: flowText(input), checks: input.session.findings.length });

export const summary: Section = {
  key: 'section.summary',
  blocks: (input) => [
    [asked(input), escapeMarkdown(verdictLine(input)), text(input, 'summary.next', { next: nextLine(input) })].join(
      '\n',
    ),
    todo(input, 'summary.edit'),
  ],
};
