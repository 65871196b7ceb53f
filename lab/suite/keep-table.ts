import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from './row.ts';
import { markdown, totals } from './table.ts';

const ABOUT = `Made by \`node lab/publish.ts\` from what \`npm run test:lab\`, \`lab:vm\` and \`lab:gateway\` leave. Every fault is real: its symptom
was proven by traffic before, while it was there, and after it was healed. *Is* is what is true, *Answer* is the top cause that the
program named. *open* rows wait for a stage that is not built: the program may be silent there, and never wrong. *below* rows
were asked without the access that could prove the fault: silence is right there. What a run did not play keeps its row.`;

/** The rows as a page of the docs, with the faults that have none. */
export function documentOf(rows: readonly Row[], missing: readonly string[] = []): string {
  const absent = missing.length > 0 ? [`Not played so far: ${missing.join(', ')}.`] : [];
  return `${['# What the program answers in the lab', ABOUT, totals(rows), ...absent, markdown(rows)].join('\n\n')}\n`;
}

/** The rows for people and for programs. */
export function keepTable(folder: string, rows: readonly Row[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'matrix.json'), `${JSON.stringify(rows, null, 2)}\n`);
  writeFileSync(join(folder, 'matrix.md'), documentOf(rows));
}
