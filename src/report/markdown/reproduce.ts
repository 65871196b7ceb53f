import { codeBlock, escapeMarkdown } from '../../clean/escape.js';
import type { Finding } from '../../domain/finding.js';
import type { ReportInput } from '../catalog.js';
import { fillCommand } from '../command-text.js';
import { checkTitle, sessionWords } from '../sentence.js';
import { type Section, text } from './page.js';

const byHand = (input: ReportInput, { check, facts }: Finding) => {
  const template = input.catalog.steps[check]?.text[input.language]['by-hand'];
  return template === undefined ? [] : [fillCommand(template, { ...sessionWords(input), ...facts })];
};

const blocksOf = (input: ReportInput) => {
  const seen = new Set<string>();
  return input.session.findings.flatMap((finding) =>
    byHand(input, finding)
      .filter((line) => !seen.has(line) && seen.add(line))
      .flatMap((line) => [`${escapeMarkdown(checkTitle(input, finding.check))}:`, codeBlock(line, 'sh').trimEnd()]),
  );
};

const ran = ({ session: { commands } }: ReportInput) =>
  commands.map(({ where, argv, exitCode }) => `${where}: ${JSON.stringify(argv)} -> ${exitCode ?? '?'}`).join('\n');

export const reproduce: Section = {
  key: 'section.reproduce',
  blocks: (input) => [
    text(input, 'reproduce.order'),
    ...blocksOf(input),
    ...(input.session.commands.length > 0
      ? [`### ${text(input, 'reproduce.ran')}`, codeBlock(ran(input)).trimEnd()]
      : []),
  ],
};
