import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildPrograms } from './build/programs.ts';
import { down } from './cluster/down.ts';
import { type Kubectl, kubectlFor } from './cluster/kubectl.ts';
import { type Lab, labFromEnvironment, planLab } from './cluster/plan.ts';
import { PROFILES, type Profile, playedBy } from './cluster/profiles.ts';
import { up } from './cluster/up.ts';
import { type Recordings, readRecordings, writeRecordings } from './corpus/recordings.ts';
import { SHOTS, SHOTS_ELSEWHERE, type Shot } from './corpus/shots.ts';
import { type Recorded, take, versionsOn } from './corpus/take.ts';
import { say } from './machine/say.ts';
import { stage } from './machine/stage.ts';
import { findFault } from './scenario/find.ts';
import { Play } from './scenario/play.ts';

const FOLDER = join(import.meta.dirname, '../test/fixtures/corpus');

/** Records what the programs print that later parsers read: on every kind of cluster, healthy and broken. */
async function recordCorpus(profiles: readonly Profile[]): Promise<void> {
  for (const profile of profiles) {
    const shots = SHOTS.filter((shot) => shot.profile === profile);
    if (shots.length === 0) continue;
    const lab = planLab({ prefix: 'mc', dir: '.lab-mc', profile });
    try {
      const kubectl = await up(lab);
      for (const shot of shots)
        await stage(`record ${profile} ${shot.fault ?? 'healthy'}`, () => shoot(lab, kubectl, shot));
    } finally {
      await down(lab);
    }
  }
}

/** On the lab that the environment names and that is up. */
async function recordRunning(): Promise<void> {
  const lab = labFromEnvironment();
  const kubectl = kubectlFor(lab, (await buildPrograms()).kube);
  for (const shot of [...SHOTS, ...SHOTS_ELSEWHERE].filter(({ profile }) => profile === process.env.LAB_PROFILE))
    await stage(`record ${shot.profile} ${shot.fault ?? 'healthy'}`, () => shoot(lab, kubectl, shot));
}

async function shoot(lab: Lab, kubectl: Kubectl, shot: Shot): Promise<void> {
  const fault = shot.fault ? await findFault(shot.fault) : undefined;
  const play = fault && new Play(lab, kubectl, fault);
  try {
    await play?.prepare();
    await play?.inject();
    rmSync(join(FOLDER, shot.profile, shot.fault ?? 'healthy'), { recursive: true, force: true });
    const ground = { lab, kubectl, namespace: fault?.namespace ?? 'default' };
    keep(await take(ground, shot, FOLDER), await versionsOn(ground, shot.node));
    await play?.heal();
  } finally {
    await play?.cleanUp();
  }
}

// Recordings of other kinds of clusters stay: they come from starts of their own.
function keep(taken: readonly Recorded[], versions: Recordings['versions']): void {
  const fresh = new Set(taken.map(({ file }) => file));
  const before = readRecordings(FOLDER).files.filter(({ file }) => !fresh.has(file) && existsSync(join(FOLDER, file)));
  writeRecordings(FOLDER, { versions, files: [...before, ...taken] });
}

const { values } = parseArgs({
  options: { profile: { type: 'string', multiple: true }, running: { type: 'boolean', default: false } },
});
const known = Object.keys(PROFILES) as Profile[];
if (values.running) await recordRunning();
else await recordCorpus(values.profile ? known.filter((name) => values.profile?.includes(name)) : playedBy('test:lab'));
const { files } = readRecordings(FOLDER);
const bytes = files.reduce((sum, { file }) => sum + statSync(join(FOLDER, file)).size, 0);
say(`${files.length} recordings, ${Math.round(bytes / 1024)} KB`);
