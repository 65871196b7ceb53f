import { candidates, type FilledRemedy, remediesOf } from '../candidate.js';
import type { ReportInput } from '../catalog.js';
import { say } from '../say.js';
import { checkTitle } from '../sentence.js';
import { type Block, bullets, heading, paragraph, type Section, todo } from './block.js';

const command = (input: ReportInput, key: string, text: string): Block[] => [
  paragraph(`${say(input, key)}:`),
  { kind: 'code', text, language: 'sh' },
];

type Part = FilledRemedy['inWords'][number];

/** A line for a shell as code; a sentence for a person as a sentence. */
const deed = (input: ReportInput, remedy: FilledRemedy, [key, part]: readonly [key: string, part: Part]): Block[] =>
  remedy.inWords.includes(part)
    ? [paragraph(`${say(input, key)}: ${remedy[part]}`)]
    : command(input, key, remedy[part]);

const remedyBlocks = (input: ReportInput, remedy: FilledRemedy): Block[] => [
  heading(remedy.title),
  paragraph(`${say(input, `severity.${remedy.severity}`)}. ${say(input, 'remedy.effect', { effect: remedy.effect })}`),
  ...deed(input, remedy, ['remedy.precheck', 'precheck']),
  ...(remedy.capture === null ? [] : command(input, 'remedy.capture', remedy.capture)),
  ...deed(input, remedy, ['remedy.command', 'command']),
  ...deed(input, remedy, ['undo', 'rollback']),
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
