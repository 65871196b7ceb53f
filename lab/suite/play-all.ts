import { buildPrograms } from '../build/programs.ts';
import { PROFILES, type Profile } from '../cluster/profiles.ts';
import { FOR_CHECKS, installPackages, missingPackages } from '../machine/packages.ts';
import { must } from '../machine/run.ts';
import type { NamedFault } from '../scenario/find.ts';
import { Lane, type Wish } from './lane.ts';
import { planBatches } from './plan.ts';
import { eachWith } from './pool.ts';

// Two cores are half idle while faults that the whole cluster feels are played one by one on two labs.
const LANES = ['m1', 'm2', 'm3'];

/** Every fault on every kind of cluster it names, on several labs at a time. */
export async function playAll(faults: readonly NamedFault[], wish: Wish): Promise<void> {
  // A kernel that runs as a program has what its host has built.
  if (!wish.symptomsOnly && !process.env.LAB_BUILT)
    await must([process.execPath, 'build.ts'], { cwd: `${import.meta.dirname}/../..` });
  const needed = wish.checks ? FOR_CHECKS : undefined;
  const missing = missingPackages(needed);
  if (missing.length > 0) await installPackages(missing, needed); // before the lanes, which would do it twice
  await buildPrograms();
  const { batches, afterwards } = planBatches(faults, wish.running ? [runningProfile()] : wish.only);
  const lanes = (wish.running ? ['running'] : LANES).map((name) => new Lane(name, wish));
  const close = () => void Promise.all(lanes.map((lane) => lane.close())).finally(() => process.exit(130));
  process.once('SIGINT', close).once('SIGTERM', close);
  const free = [...lanes];
  await eachWith(lanes.length, batches, async (batch) => {
    const lane = free.pop();
    if (!lane) throw new Error('more batches at once than lanes');
    await lane.play(batch);
    free.push(lane);
  });
  for (const batch of afterwards) await lanes[0]?.play(batch);
  process.off('SIGINT', close).off('SIGTERM', close);
}

function runningProfile(): Profile {
  const name = process.env.LAB_PROFILE ?? 'plain';
  const profile = (Object.keys(PROFILES) as Profile[]).find((one) => one === name);
  if (!profile) throw new Error(`no profile ${name}`);
  return profile;
}
