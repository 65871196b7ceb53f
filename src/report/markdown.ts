import { codeBlock, codeSpan, escapeMarkdown } from '../clean/escape.js';
import type { EvidenceFile, ReportInput } from './catalog.js';
import type { Block, Bullet, Inline, Line } from './page/block.js';
import { postmortem } from './page/postmortem.js';
import type { Station } from './page/way.js';
import { plain } from './plain.js';
import { say } from './say.js';
import { markOf } from './words.js';

// The path is percent-encoded once for the file name and once more for the link.
const pathOf = ({ file }: EvidenceFile) =>
  file
    .split('/')
    .map(encodeURIComponent)
    .join('/')
    .replaceAll(/[()]/g, (char) => (char === '(' ? '%28' : '%29'));

const link = ({ evidence = [] }: ReportInput, id: string) => {
  const stored = evidence.find((file) => file.id === id);
  return stored ? `[${escapeMarkdown(id)}](${pathOf(stored)})` : codeSpan(id);
};

/** Escaping begins a line anew, but a space in front of the rest of a sentence stays. */
const words = (text: string, at: number) => (at > 0 && text.startsWith(' ') ? ' ' : '') + escapeMarkdown(text);

const inline = (input: ReportInput, part: Inline, at: number): string => {
  if (typeof part === 'string') return words(part, at);
  if ('strong' in part) return `**${escapeMarkdown(part.strong)}**`;
  if ('code' in part) return codeSpan(part.code);
  return part.evidence.map((id) => link(input, id)).join(', ');
};

const lineOf = (input: ReportInput, line: Line) =>
  typeof line === 'string' ? escapeMarkdown(line) : line.map((part, at) => inline(input, part, at)).join('');

const bullet = (input: ReportInput, { line, under = [] }: Bullet) =>
  [`- ${lineOf(input, line)}`, ...under.map((one) => `  - ${lineOf(input, one)}`)].join('\n');

const tableOf = (input: ReportInput, { heads, rows }: Extract<Block, { kind: 'table' }>) =>
  [heads, heads.map(() => '---'), ...rows.map((row) => row.map((cell) => lineOf(input, cell)))]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

// Four spaces make it code: what a device is called cannot end that, as it could end a fence.
const indented = (lines: readonly string[]) => lines.map((line) => `    ${line}`).join('\n');

const stationLine = (input: ReportInput) => (station: Station) => {
  const mark = station.result ? markOf(input, station.result) : '|';
  const failing = station.failing ? `  <- ${say(input, 'way.failing')}` : '';
  return plain(`${mark} ${station.name}: ${station.word}${failing}`);
};

const evidenceOf = (input: ReportInput) => {
  const lines = (input.evidence ?? []).map(({ id, sha256 }) => `- ${link(input, id)} ${codeSpan(sha256)}`);
  return lines.length > 0 ? lines.join('\n') : escapeMarkdown(say(input, 'none'));
};

type Write = { readonly [K in Block['kind']]: (block: Extract<Block, { kind: K }>, input: ReportInput) => string };

const write: Write = {
  text: ({ lines }, input) => lines.map((line) => lineOf(input, line)).join('\n'),
  heading: ({ text }) => `### ${escapeMarkdown(text)}`,
  notice: ({ title, text }) => `> **${escapeMarkdown(title)}** ${escapeMarkdown(text)}`,
  bullets: ({ items }, input) => items.map((item) => bullet(input, item)).join('\n'),
  todos: ({ items }, input) =>
    items.map((item) => `- [ ] **${escapeMarkdown(say(input, 'todo'))}** ${escapeMarkdown(item)}`).join('\n'),
  table: (block, input) => tableOf(input, block),
  code: ({ text, language }) => codeBlock(text, language).trimEnd(),
  drawing: ({ lines }) => indented(lines),
  series: ({ title, lines }) => `${escapeMarkdown(`${title}:`)}\n\n${indented(lines)}`,
  way: ({ stations }, input) => indented(stations.map(stationLine(input))),
  evidence: (_, input) => evidenceOf(input),
};

const blockOf = (input: ReportInput, block: Block) =>
  (write[block.kind] as (block: Block, input: ReportInput) => string)(block, input);

/** The postmortem as a page that people edit. */
export const markdownReport = (input: ReportInput) => {
  const { title, head, sections } = postmortem(input);
  const inputBlocks = (blocks: readonly Block[]) => blocks.map((block) => blockOf(input, block));
  return [
    `# ${escapeMarkdown(title)}`,
    ...inputBlocks(head),
    ...sections.flatMap((section) => [`## ${escapeMarkdown(section.title)}`, ...inputBlocks(section.blocks)]),
  ]
    .join('\n\n')
    .concat('\n');
};
