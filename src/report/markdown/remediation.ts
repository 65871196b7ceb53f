import { codeBlock, escapeMarkdown } from '../../clean/escape.js';
import { candidates, type FilledRemedy, remediesOf } from '../candidate.js';
import type { ReportInput } from '../catalog.js';
import { checkTitle } from '../sentence.js';
import { bullets, type Section, text, todo } from './page.js';

const command = (input: ReportInput, key: string, line: string) =>
  `${text(input, key)}:\n\n${codeBlock(line, 'sh').trimEnd()}`;

const remedyBlocks = (input: ReportInput, remedy: FilledRemedy) => [
  `### ${escapeMarkdown(remedy.title)}`,
  text(input, 'remedy.severity', { severity: remedy.severity, effect: remedy.effect }),
  command(input, 'remedy.precheck', remedy.precheck),
  command(input, 'remedy.command', remedy.command),
  command(input, 'undo', remedy.rollback),
  `${text(input, 'remedy.verify')}:`,
  bullets(remedy.verify.map((check) => escapeMarkdown(checkTitle(input, check)))),
];

/** Only a fault has something to repair: what is merely possible stays a hypothesis. */
const proposed = (input: ReportInput) => {
  const [best] = candidates(input);
  return best && input.session.verdict?.result === 'fault' ? remediesOf(input, best) : [];
};

export const remediation: Section = {
  key: 'section.remediation',
  blocks: (input) => {
    const remedies = proposed(input);
    return [
      text(input, 'remedy.unchanged'),
      ...(remedies.length > 0
        ? remedies.flatMap((remedy) => remedyBlocks(input, remedy))
        : [text(input, 'remedy.none')]),
      todo(input, 'remedy.done'),
    ];
  },
};
