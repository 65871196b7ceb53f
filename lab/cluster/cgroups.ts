import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Lab, netns } from './plan.ts';

const ROOT = '/sys/fs/cgroup';

/** Two kubelets below one cgroup would share /kubepods, so every node gets a cgroup of its own in each hierarchy. */
export async function makeCgroups(lab: Lab, node: string): Promise<string[]> {
  const lines = (await readFile('/proc/self/cgroup', 'utf8')).trim().split('\n');
  if (isUnified(lines)) return [await makeUnified(netns(lab, node))];
  const dirs: string[] = [];
  for (const line of lines) {
    const [, controllers = '', path = '/'] = line.split(':');
    const hierarchy = controllers === '' ? 'unified' : controllers.replace(/^name=/, '');
    const dir = `${ROOT}/${hierarchy}${path}/${netns(lab, node)}`.replace(/\/+/g, '/');
    await mkdir(dir, { recursive: true });
    await inheritCpuset(dir);
    dirs.push(dir);
  }
  return dirs;
}

const isUnified = (lines: readonly string[]) => lines.length === 1 && existsSync(`${ROOT}/cgroup.controllers`);

// At the root: elsewhere the parent has processes of its own, and then gives its children nothing to divide.
async function makeUnified(name: string): Promise<string> {
  const offered = (await readFile(`${ROOT}/cgroup.controllers`, 'utf8')).trim().split(' ');
  await writeFile(`${ROOT}/cgroup.subtree_control`, offered.map((one) => `+${one}`).join(' '));
  const dir = `${ROOT}/${name}`;
  await mkdir(dir, { recursive: true });
  return dir;
}

/**
 * Where the programs of a node stay once it runs. In the one hierarchy of cgroup v2 its kubelet can divide nothing while
 * a process is left in the node's own cgroup, which is the root of all that the node sees.
 */
export async function placesInside(dirs: readonly string[]): Promise<string[]> {
  const [dir = ''] = dirs;
  if (dirs.length > 1 || !existsSync(`${dir}/cgroup.controllers`)) return [...dirs];
  const place = `${dir}/programs`;
  await mkdir(place, { recursive: true });
  for (const pid of await pidsInCgroup(dir)) await writeFile(`${place}/cgroup.procs`, String(pid));
  return [place];
}

// A new cpuset is empty, and no process may enter an empty one.
async function inheritCpuset(dir: string): Promise<void> {
  for (const file of ['cpuset.cpus', 'cpuset.mems']) {
    if (!existsSync(`${dir}/${file}`)) continue;
    await writeFile(`${dir}/${file}`, await readFile(`${dirname(dir)}/${file}`));
  }
}

const ENTER = 'while [ "$1" != -- ]; do echo $$ >"$1/cgroup.procs"; shift; done; shift; exec "$@"';

/** nsenter alone leaves the new process outside of the node's cgroups. */
export function insideCgroups(dirs: readonly string[], argv: readonly string[]): string[] {
  return ['sh', '-c', ENTER, 'enter-cgroups', ...dirs, '--', ...argv];
}

/** The cgroups of these nodes, outermost first. Found by name, not by a list: works also after an `up` that was killed. */
export async function cgroupsOf(lab: Lab, nodes: readonly string[]): Promise<string[]> {
  const names = new Set(nodes.map((node) => netns(lab, node)));
  const found: string[] = [];
  const walk = async (dir: string, inside: boolean): Promise<void> => {
    for (const entry of await readdir(dir, { withFileTypes: true }).catch(() => [])) {
      if (!entry.isDirectory()) continue;
      const path = `${dir}/${entry.name}`;
      const belongs = inside || names.has(entry.name);
      if (belongs) found.push(path);
      await walk(path, belongs);
    }
  };
  await walk(ROOT, false);
  return found;
}

export async function pidsInCgroup(dir: string): Promise<number[]> {
  const text = await readFile(`${dir}/cgroup.procs`, 'utf8').catch(() => '');
  return text.split('\n').filter(Boolean).map(Number);
}

/** Those still busy stay: the caller looks again. */
export async function removeCgroups(dirs: readonly string[]): Promise<void> {
  for (const dir of dirs.toReversed()) await rmdir(dir).catch(() => {});
}
