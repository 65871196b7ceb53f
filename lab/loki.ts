import { buildLoki } from './build/programs.ts';
import { down } from './cluster/down.ts';
import { planLab } from './cluster/plan.ts';
import { up } from './cluster/up.ts';
import { stage } from './machine/stage.ts';
import { testLogs } from './suite/logs.ts';
import { Tally } from './suite/tally.ts';

// By itself: Loki alone takes as long to build as half of the lab.
const tally = new Tally();
const lab = planLab({ prefix: 'lk', dir: '.lab-lk', profile: 'plain' });
const program = await stage('build Loki', buildLoki);
try {
  await up(lab);
  await testLogs(lab, tally, program);
} finally {
  await down(lab);
}
process.exitCode = tally.close();
