import { readdir, rm } from 'node:fs/promises';
import { eventually } from '../machine/eventually.ts';
import { run } from '../machine/run.ts';
import { undoAll } from '../scenario/undo.ts';
import { cgroupsLeft, removeCgroups } from './cgroups.ts';
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
  const nodes = NODES.map(({ name }) => name);
  const gone = async () => {
    await removeCgroups(lab, nodes);
    return !(await cgroupsLeft(lab, nodes));
  };
  await eventually('the cgroups of the nodes are empty', gone, { timeoutMs: 10_000, everyMs: 20 });
  await rm(lab.dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
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

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it ended by itself
  }
}
