import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { complain, say } from './machine/say.ts';
import { findFaults } from './scenario/find.ts';
import { gatherRows } from './suite/gather-rows.ts';
import { documentOf } from './suite/keep-table.ts';
import type { Row } from './suite/row.ts';
import { rowsIn, totals } from './suite/table.ts';

const USAGE = `node lab/publish.ts DIR…    docs/matrix.md from what runs have left: .lab-matrix of npm run test:lab, .lab-vm of npm run lab:vm,
                            .lab-gateway of npm run lab:gateway, and what --output of node lab/matrix.ts names; of two runs of
                            the same the later one counts, and what none has played keeps its row`;

const folders = process.argv.slice(2);
if (folders.length === 0 || folders.some((word) => word.startsWith('-'))) {
  complain(USAGE);
  process.exit(2);
}

const PAGE = join(import.meta.dirname, '../docs/matrix.md');

const rowsOf = (folder: string) => JSON.parse(readFileSync(join(resolve(folder), 'matrix.json'), 'utf8')) as Row[];
const { rows, missing } = gatherRows([rowsIn(readFileSync(PAGE, 'utf8')), ...folders.map(rowsOf)], await findFaults());
writeFileSync(PAGE, documentOf(rows, missing));
say(totals(rows));
if (missing.length > 0) say(`not played so far: ${missing.join(', ')}`);
