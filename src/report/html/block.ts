import type { EvidenceFile, ReportInput } from '../catalog.js';
import type { Block, Bullet, Inline, Line } from '../page/block.js';
import { say } from '../say.js';
import { escaped } from './escape.js';
import { seriesChart } from './series.js';
import { wayDrawing } from './way.js';

/** Places are numbered: an id of evidence may hold anything. */
const anchorOf = ({ evidence = [] }: ReportInput, id: string) => {
  const at = evidence.findIndex((file) => file.id === id);
  return at < 0 ? undefined : `evidence-${at + 1}`;
};

const link = (input: ReportInput, id: string) => {
  const anchor = anchorOf(input, id);
  return anchor ? `<a href="#${anchor}">${escaped(id)}</a>` : `<code>${escaped(id)}</code>`;
};

const inline = (input: ReportInput, part: Inline): string => {
  if (typeof part === 'string') return escaped(part);
  if ('strong' in part) return `<strong>${escaped(part.strong)}</strong>`;
  if ('code' in part) return `<code>${escaped(part.code)}</code>`;
  return part.evidence.map((id) => link(input, id)).join(', ');
};

const lineOf = (input: ReportInput, line: Line) =>
  typeof line === 'string' ? escaped(line) : line.map((part) => inline(input, part)).join('');

const bullet = (input: ReportInput, { line, under = [] }: Bullet): string => {
  const below = under.map((one) => `<li>${lineOf(input, one)}</li>`).join('');
  return `<li>${lineOf(input, line)}${below && `<ul>${below}</ul>`}</li>`;
};

const tableOf = (input: ReportInput, { heads, rows }: Extract<Block, { kind: 'table' }>) => {
  const head = heads.map((text) => `<th scope="col">${escaped(text)}</th>`).join('');
  const cells = (row: readonly Line[]) =>
    row.map((cell, at) => `<td data-head="${escaped(heads[at] ?? '')}">${lineOf(input, cell)}</td>`).join('');
  const body = rows.map((row) => `<tr>${cells(row)}</tr>`).join('\n');
  return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>`;
};

const mostShown = 20_000;

const contentOf = (input: ReportInput, { text }: EvidenceFile) => {
  if (text === undefined) return '';
  const cut = text.length > mostShown;
  const facts = { shown: mostShown, total: text.length };
  const note = cut ? `<p>${escaped(say(input, 'appendix.evidence-cut', facts))}</p>` : '';
  return `<pre>${escaped(text.slice(0, mostShown))}</pre>${note}`;
};

const fileOf = (input: ReportInput) => (file: EvidenceFile, at: number) => {
  const head = `<code>${escaped(file.id)}</code> <code>${escaped(file.sha256)}</code>`;
  const content = contentOf(input, file);
  const id = `evidence-${at + 1}`;
  // Open, because a link into closed details shows nothing in browsers that do not open them by themselves.
  return content === ''
    ? `<p id="${id}">${head}</p>`
    : `<details id="${id}" open><summary>${head}</summary>${content}</details>`;
};

type Write = { readonly [K in Block['kind']]: (block: Extract<Block, { kind: K }>, input: ReportInput) => string };

const write: Write = {
  text: ({ lines }, input) => `<p>${lines.map((line) => lineOf(input, line)).join('<br>\n')}</p>`,
  heading: ({ text }) => `<h3>${escaped(text)}</h3>`,
  notice: ({ title, text }) => `<p class="notice"><strong>${escaped(title)}</strong> ${escaped(text)}</p>`,
  bullets: ({ items }, input) => `<ul>\n${items.map((item) => bullet(input, item)).join('\n')}\n</ul>`,
  todos: ({ items }, input) => {
    const mark = `<strong>${escaped(say(input, 'todo'))}</strong>`;
    return `<ul class="open">\n${items.map((item) => `<li>${mark} ${escaped(item)}</li>`).join('\n')}\n</ul>`;
  },
  table: (block, input) => tableOf(input, block),
  code: ({ text }) => `<pre><code>${escaped(text)}</code></pre>`,
  drawing: ({ lines }) => `<pre class="drawing">${escaped(lines.join('\n'))}</pre>`,
  series: ({ chart }, input) => seriesChart(input, chart),
  way: ({ stations }, input) => wayDrawing(input, stations),
  evidence: (_, input) =>
    (input.evidence ?? []).map(fileOf(input)).join('\n') || `<p>${escaped(say(input, 'none'))}</p>`,
};

export const blockHtml = (input: ReportInput, block: Block) =>
  (write[block.kind] as (block: Block, input: ReportInput) => string)(block, input);
