import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { complain, say } from './machine/say.ts';
import { findFaults } from './scenario/find.ts';
import { keepTable } from './suite/keep-table.ts';
import { playAll } from './suite/play-all.ts';
import { totals } from './suite/table.ts';
import { Tally } from './suite/tally.ts';

const USAGE = `node lab/matrix.ts         every fault: break, run the program, score, heal
  --only NAME            one of them; may be repeated
  --symptoms-only        only prove that the faults are real
  --running              on the lab that LAB_PREFIX, LAB_DIR and LAB_PROFILE name and that is up
  --output DIR           for matrix.json and matrix.md (.lab-matrix)`;

const ROOT = join(import.meta.dirname, '..');

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    'symptoms-only': { type: 'boolean', default: false },
    running: { type: 'boolean', default: false },
    output: { type: 'string', default: '.lab-matrix' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  complain(USAGE);
  process.exit(2);
}

const all = await findFaults();
const unknown = values.only?.find((name) => !all.some((fault) => fault.name === name));
if (unknown) {
  complain(`no fault ${unknown}`);
  process.exit(2);
}
const faults = all.filter(({ name }) => !values.only || values.only.includes(name));
const tally = new Tally((rows) => keepTable(resolve(ROOT, values.output), rows));
const { 'symptoms-only': symptomsOnly, running } = values;
await playAll(faults, { tally, symptomsOnly, running, checks: false });
say(`\n${totals(tally.rows)}`);
process.exitCode = tally.close();
