import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findFaults } from './scenario/find.ts';
import { keepTable } from './suite/keep-table.ts';
import { playAll } from './suite/play-all.ts';
import { Tally } from './suite/tally.ts';
import { walkInTerminal } from './suite/terminal.ts';

// Everything that needs real servers: the faults, the lab's own parts, the program's adapters, and one walk in a terminal.
const { values } = parseArgs({ options: { running: { type: 'boolean', default: false } } });
const tally = new Tally();
await playAll(await findFaults(), {
  tally,
  symptomsOnly: false,
  running: values.running,
  checks: true,
  meanwhile: walkInTerminal,
});
keepTable(join(import.meta.dirname, '../.lab-matrix'), tally.rows);
process.exitCode = tally.close();
