import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from './row.ts';
import { markdown, totals } from './table.ts';

const ABOUT = `Made by \`node lab/matrix.ts --publish\`, or from what \`npm run test:lab\` leaves in \`.lab-matrix\`. Every fault is real: its symptom
was proven by traffic before, while it was there, and after it was healed. *Is* is what is true, *Answer* is the top cause that the
program named. *open* rows wait for a stage that is not built: the program may be silent there, and never wrong. *below* rows
were asked without the access that could prove the fault: silence is right there.`;

/** The rows for people and for programs. */
export function keepTable(folder: string, rows: readonly Row[]): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'matrix.json'), `${JSON.stringify(rows, null, 2)}\n`);
  const document = `# What the program answers in the lab\n\n${ABOUT}\n\n${totals(rows)}\n\n${markdown(rows)}\n`;
  writeFileSync(join(folder, 'matrix.md'), document);
  return document;
}
