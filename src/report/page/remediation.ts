import { undoLine } from '../../change/body.js';
import type { Undo } from '../../domain/fix.js';
import type { Fix } from '../../domain/session-view.js';
import { candidates, type FilledRemedy, remediesOf } from '../candidate.js';
import type { ReportInput } from '../catalog.js';
import { besideLines, fixStory, undoText } from '../fix-words.js';
import { undoOfFix } from '../fixes.js';
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

/** What was done through the session: said in order, with what changed, the way back and every check beside itself. */
const doneBlocks = (input: ReportInput, fix: Fix): Block[] => {
  const { previewed, verified } = fix;
  const undo = undoOfFix(fix);
  return [
    bullets(fixStory(input, fix)),
    ...(previewed ? [paragraph(`${say(input, 'fix.diff')}:`), diffBlock(previewed.diff)] : []),
    ...(undo ? wayBack(input, undo) : []),
    ...(verified ? [bullets(besideLines(input, verified))] : []),
  ];
};

/** A line to copy keeps every character only as code. */
const wayBack = (input: ReportInput, undo: Undo): Block[] => {
  const line = undoLine(undo);
  return line === null
    ? [paragraph(`${say(input, 'fix.undo')}: ${undoText(input, undo)}`)]
    : command(input, 'fix.undo', line);
};

const diffBlock = (lines: readonly string[]): Block => ({ kind: 'code', text: lines.join('\n') });

const changes = (input: ReportInput): Block[] => {
  const { fixes } = input.session;
  if (fixes.length === 0) return [paragraph(say(input, 'remedy.unchanged'))];
  return [heading(say(input, 'fix.heading')), ...fixes.flatMap((fix) => doneBlocks(input, fix))];
};

export const remediation: Section = {
  key: 'section.remediation',
  blocks: (input) => {
    const remedies = proposed(input);
    return [
      ...changes(input),
      ...(remedies.length > 0
        ? remedies.flatMap((remedy) => remedyBlocks(input, remedy))
        : [paragraph(say(input, 'remedy.none'))]),
      todo(input, 'remedy.done'),
    ];
  },
};
