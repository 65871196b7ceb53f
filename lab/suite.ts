import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findFaults } from './scenario/find.ts';
import { keepTable } from './suite/keep-table.ts';
import { readPages } from './suite/pages.ts';
import { playAll } from './suite/play-all.ts';
import { Tally } from './suite/tally.ts';
import { walkInTerminal } from './suite/terminal.ts';

// Everything that needs real servers: the faults but the slow ones, the lab's own parts, the program's adapters, one walk
// in a terminal, and one page in a browser.
const { values } = parseArgs({ options: { running: { type: 'boolean', default: false } } });
const tally = new Tally((rows) => keepTable(join(import.meta.dirname, '../.lab-matrix'), rows));
const faults = await findFaults();
await playAll(
  faults.filter(({ slow }) => !slow),
  {
    tally,
    symptomsOnly: false,
    running: values.running,
    checks: true,
    meanwhile: async (stage, fault) => {
      await walkInTerminal(stage, fault);
      await readPages(stage, fault);
    },
  },
);
process.exitCode = tally.close();
