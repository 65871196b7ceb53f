import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { eventually } from '../machine/eventually.ts';
import { restoreLimits } from '../machine/limits.ts';
import { run } from '../machine/run.ts';
import { undoAll } from '../scenario/undo.ts';
import { cgroupsOf, pidsInCgroup, removeCgroups } from './cgroups.ts';
import { nodePid, pidsIn } from './node.ts';
import { type Lab, NODES, netns } from './plan.ts';

const NAMES = [...NODES.map(({ name }) => name), 'cp', 'bastion', 'ext', 'underlay'];

/** Everything is found by the prefix of its name, so half of a lab goes away as well as a whole one. */
export async function down(lab: Lab): Promise<void> {
  await undoAll(lab);
  const present = new Set(await readdir('/run/netns').catch(() => []));
  const names = NAMES.filter((name) => present.has(netns(lab, name)));
  await Promise.all(names.map((name) => killAll(lab, name)));
  await Promise.all(names.map((name) => run(['ip', 'netns', 'del', netns(lab, name)])));
  await eventually('the cgroups of the nodes are empty', () => noCgroupsLeft(lab), { timeoutMs: 10_000, everyMs: 20 });
  await removeFolder(lab);
  await restoreLimits();
}

// Killing process 1 of a node takes everything on the node along, its pods and mounts included.
async function killAll(lab: Lab, name: string): Promise<void> {
  const init = await nodePid(lab, name);
  if (init !== undefined) kill(init);
  const empty = async () => {
    const pids = await pidsIn(lab, name);
    pids.forEach(kill);
    return pids.length === 0;
  };
  await eventually(`no process is left in ${netns(lab, name)}`, empty, { timeoutMs: 10_000, everyMs: 20 });
}

// A process that was on its way into a node when its `up` was killed is in the node's cgroup first.
async function noCgroupsLeft(lab: Lab): Promise<boolean> {
  const dirs = await cgroupsOf(
    lab,
    NODES.map(({ name }) => name),
  );
  for (const dir of dirs) (await pidsInCgroup(dir)).forEach(kill);
  await removeCgroups(dirs);
  return dirs.length === 0;
}

// Only a folder that `up` made: LAB_DIR may name any. What a killed `up` had begun may go on writing for a moment.
async function removeFolder(lab: Lab): Promise<void> {
  if (!existsSync(`${lab.dir}/pki`)) return;
  const gone = async () => {
    await rm(lab.dir, { recursive: true, force: true });
    return !existsSync(lab.dir);
  };
  await eventually(`${lab.dir} is gone`, gone, { timeoutMs: 10_000 });
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it ended by itself
  }
}
