import type { Finding } from '../../domain/finding.js';
import { placeholders } from '../../domain/text.js';
import type { ReportInput } from '../catalog.js';
import { fillCommand } from '../command-text.js';
import { say } from '../say.js';
import { checkTitle, sessionWords } from '../sentence.js';
import { type Block, heading, paragraph, type Section } from './block.js';

const byHand = (input: ReportInput, { check, facts }: Finding) => {
  const template = input.catalog.steps[check]?.text[input.language]['by-hand'];
  return template === undefined ? [] : [fillCommand(template, { ...sessionWords(input), ...facts })];
};

/** A value that the walk did not find is left for the reader, who has to know that. */
const left = (input: ReportInput, line: string) =>
  placeholders(line).length > 0 ? ` ${say(input, 'reproduce.fill')}` : '';

const blocksOf = (input: ReportInput) => {
  const seen = new Set<string>();
  return input.session.findings.flatMap((finding) =>
    byHand(input, finding)
      .filter((line) => !seen.has(line) && seen.add(line))
      .flatMap((line): Block[] => [
        paragraph(`${checkTitle(input, finding.check)}:${left(input, line)}`),
        { kind: 'code', text: line, language: 'sh' },
      ]),
  );
};

const ran = ({ session: { commands } }: ReportInput) =>
  commands.map(({ where, argv, exitCode }) => `${where}: ${JSON.stringify(argv)} -> ${exitCode ?? '?'}`).join('\n');

export const reproduce: Section = {
  key: 'section.reproduce',
  blocks: (input) => [
    paragraph(say(input, 'reproduce.order')),
    ...blocksOf(input),
    ...(input.session.commands.length > 0
      ? [heading(say(input, 'reproduce.ran')), { kind: 'code', text: ran(input) } as const]
      : []),
  ],
};
