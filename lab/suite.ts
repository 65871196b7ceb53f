import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildPrograms } from './build/programs.ts';
import { down } from './cluster/down.ts';
import { type Kubectl, kubectlFor } from './cluster/kubectl.ts';
import { type Lab, labFromEnvironment, netns } from './cluster/plan.ts';
import { up } from './cluster/up.ts';
import { must } from './machine/run.ts';
import { complain, say } from './machine/say.ts';
import { StageFailed } from './machine/stage.ts';
import { findFaults } from './scenario/find.ts';
import { testAdapters } from './suite/adapters.ts';
import { playCase } from './suite/fault-case.ts';
import { eachWith } from './suite/pool.ts';
import { Tally } from './suite/tally.ts';

// Most of a case is waiting for a cache or a back-off, so more hands than cores.
const HANDS = 6;

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    'symptoms-only': { type: 'boolean', default: false },
    running: { type: 'boolean', default: false },
  },
});

// A lab of its own, so that a lab somebody works with is never taken down.
const lab = values.running
  ? labFromEnvironment()
  : labFromEnvironment({ LAB_PREFIX: 'nts', LAB_DIR: '.lab-suite', ...process.env });

async function startLab(): Promise<Kubectl> {
  if (values.running) return kubectlFor(lab, (await buildPrograms()).kube);
  if (existsSync(`/run/netns/${netns(lab, 'underlay')}`)) await down(lab); // left by a suite that was killed
  return up(lab);
}

async function play(lab: Lab): Promise<number> {
  if (!values['symptoms-only']) await must([process.execPath, 'build.ts'], { cwd: `${import.meta.dirname}/..` });
  const kubectl = await startLab();
  const faults = (await findFaults()).filter(({ name }) => !values.only || values.only.includes(name));
  const tally = new Tally();
  say('');
  const stage = { lab, kubectl, tally, symptomsOnly: values['symptoms-only'], inTerminal: 'wrong-selector' };
  await eachWith(HANDS, faults, (fault) => playCase(stage, fault));
  if (!values.only && !values['symptoms-only']) await testAdapters(lab, tally);
  return tally.close();
}

const interrupted = () => {
  void down(lab).finally(() => process.exit(130));
};
if (!values.running) process.once('SIGINT', interrupted).once('SIGTERM', interrupted);

try {
  process.exitCode = await play(lab);
} catch (error) {
  if (!(error instanceof StageFailed)) complain(error instanceof Error ? error.message : String(error));
  say('\n0 passed, 1 failed');
  process.exitCode = 1;
} finally {
  if (!values.running) await down(lab);
}
