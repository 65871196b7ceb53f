import { candidates, type FilledRemedy, remediesOf } from '../candidate.js';
import type { ReportInput } from '../catalog.js';
import { say } from '../say.js';
import { checkTitle } from '../sentence.js';
import { type Block, bullets, heading, paragraph, type Section, todo } from './block.js';

const command = (input: ReportInput, key: string, text: string): Block[] => [
  paragraph(`${say(input, key)}:`),
  { kind: 'code', text, language: 'sh' },
];

/** What only reads is undone by nothing, and says so in words that no shell should get to see. */
const undo = (input: ReportInput, { severity, rollback }: FilledRemedy): Block[] =>
  severity === 0 ? [paragraph(`${say(input, 'undo')}: ${rollback}.`)] : command(input, 'undo', rollback);

const remedyBlocks = (input: ReportInput, remedy: FilledRemedy): Block[] => [
  heading(remedy.title),
  paragraph(say(input, 'remedy.severity', { severity: remedy.severity, effect: remedy.effect })),
  ...command(input, 'remedy.precheck', remedy.precheck),
  ...command(input, 'remedy.command', remedy.command),
  ...undo(input, remedy),
  paragraph(`${say(input, 'remedy.verify')}:`),
  bullets(remedy.verify.map((check) => checkTitle(input, check))),
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
      paragraph(say(input, 'remedy.unchanged')),
      ...(remedies.length > 0
        ? remedies.flatMap((remedy) => remedyBlocks(input, remedy))
        : [paragraph(say(input, 'remedy.none'))]),
      todo(input, 'remedy.done'),
    ];
  },
};
