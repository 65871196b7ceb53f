import { join } from 'node:path';
import { buildTraefik } from './build/programs.ts';
import { stage } from './machine/stage.ts';
import { findFaults } from './scenario/find.ts';
import { keepTable } from './suite/keep-table.ts';
import { playAll } from './suite/play-all.ts';
import { Tally } from './suite/tally.ts';

// By itself: Traefik alone takes as long to build as half of the lab.
const tally = new Tally((rows) => keepTable(join(import.meta.dirname, '../.lab-gateway'), rows));
await stage('build Traefik', buildTraefik);
await playAll(await findFaults(), { tally, symptomsOnly: false, running: false, checks: false, only: ['gateway'] });
process.exitCode = tally.close();
