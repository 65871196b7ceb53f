import type { Catalog } from '../src/catalog/catalog.js';
import { entries } from './entries.ts';

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (...cells: string[]) => `| ${cells.map(cell).join(' | ')} |`;

const code = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(', ') || '-';

/** `docs/steps.md`: every check, from what it declares and from its text. */
export const stepsPage = ({ steps }: Catalog): string => {
  const all = Object.values(steps).toSorted(
    (a, b) => a.step.stage.localeCompare(b.step.stage) || a.id.localeCompare(b.id),
  );
  const pages = all.map(({ id, step, text }) =>
    [
      `## ${id}`,
      '',
      `${text.en.question} ${text.en.why}`,
      '',
      `Stage \`${step.stage}\`, level \`${step.level}\`, cost ${step.cost}. Reads ${code(step.reads as string[])}. Runs ${code((step.runs as { name: string }[]).map(({ name }) => name))}.`,
      '',
      '| Outcome | Result | Sentence |',
      '| --- | --- | --- |',
      ...Object.entries(step.outcomes).map(([outcome, result]) =>
        row(`\`${outcome}\``, String(result), text.en.outcomes[outcome] ?? ''),
      ),
    ].join('\n'),
  );
  return `# Checks\n\nMade by \`npm run docs\` from the step files.\n\n${pages.join('\n\n')}\n`;
};

// What is linked in from another runbook has that runbook's name before it.
const isOwn = (node: string) => !node.includes('--');

/** Which nodes of which runbooks stand for a row of an entry. */
const walkedBy = ({ runbooks }: Catalog, word: string): string[] =>
  Object.entries(runbooks).flatMap(([name, { nodes }]) =>
    Object.entries(nodes).flatMap(([node, item]) =>
      'step' in item && isOwn(node) && item.covers?.includes(word) ? [`${name}/${node}`] : [],
    ),
  );

/** `docs/entries.md`: where each way into the tree is walked, and which rows of it are not built. */
export const entriesPage = (catalog: Catalog): string => {
  const tables = Object.entries(entries).map(([id, { title, rows }]) =>
    [
      `## ${id} ${title}`,
      '',
      '| Row | What is looked at | Nodes of runbooks |',
      '| --- | --- | --- |',
      ...rows.map((what, at) => row(`${id}.${at + 1}`, what, code(walkedBy(catalog, `${id}.${at + 1}`)))),
    ].join('\n'),
  );
  const about = 'Made by `npm run docs` from the runbooks. A row without a node is not walked yet.';
  return `# Entries\n\n${about}\n\n${tables.join('\n\n')}\n`;
};
