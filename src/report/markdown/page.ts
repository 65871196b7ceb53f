import { codeSpan, escapeMarkdown } from '../../clean/escape.js';
import type { Facts } from '../../domain/finding.js';
import type { ReportInput } from '../catalog.js';
import { say } from '../say.js';

/** A part of the page: its heading and its paragraphs. */
export interface Section {
  /** Key of the heading's phrase. */
  readonly key: string;
  /** Markdown blocks, set apart by empty lines. */
  blocks(input: ReportInput): readonly string[];
}

/** A phrase as Markdown text: whatever its facts hold stays text. */
export const text = (input: ReportInput, key: string, facts?: Facts) => escapeMarkdown(say(input, key, facts));

export const bullets = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join('\n');

/** Something only a person can fill in, as a visible open point. */
export const todo = (input: ReportInput, key: string) => `- [ ] **${text(input, 'todo')}** ${text(input, key)}`;

export const todos = (input: ReportInput, ...keys: readonly string[]) => keys.map((key) => todo(input, key)).join('\n');

/** Cells are Markdown already; a row keeps to one line. */
export const table = (heads: readonly string[], rows: readonly (readonly string[])[]) =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** Bullets, or the word for nothing. */
export const bulletsOrNone = (input: ReportInput, lines: readonly string[]) =>
  lines.length > 0 ? bullets(lines) : text(input, 'none');

/** A link to the file of each piece of evidence, as far as it is stored. */
export const evidenceLinks = ({ evidence = [] }: ReportInput, ids: readonly string[]) =>
  ids
    .map((id) => {
      const stored = evidence.find((file) => file.id === id);
      // The path is percent-encoded once for the file name and once more for the link.
      const target = stored?.file
        .split('/')
        .map(encodeURIComponent)
        .join('/')
        .replaceAll(/[()]/g, (char) => (char === '(' ? '%28' : '%29'));
      return target === undefined ? codeSpan(id) : `[${escapeMarkdown(id)}](${target})`;
    })
    .join(', ');
