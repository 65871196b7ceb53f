import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { startDaemon } from '../machine/daemon.ts';
import { eventually } from '../machine/eventually.ts';
import { run } from '../machine/run.ts';
import { insideCgroups, makeCgroups, placesInside } from './cgroups.ts';
import { type Lab, log, NETWORK, type NodePlan, netns } from './plan.ts';

/** A node that runs: its process 1, and the cgroups every further program of it has to enter. */
export interface Node extends NodePlan {
  pid: number;
  cgroups: string[];
}

export async function startNode(lab: Lab, plan: NodePlan): Promise<Node> {
  const scratch = `${lab.dir}/scratch/${plan.name}`;
  await mkdir(scratch, { recursive: true });
  const cgroups = await makeCgroups(lab, plan.name);
  const unshare = [
    'unshare',
    '--mount',
    '--uts',
    '--ipc',
    '--pid',
    '--cgroup',
    '--fork',
    '--kill-child=KILL',
    '--mount-proc',
    '--propagation',
    'private',
  ];
  const iptables = lab.legacyOn.includes(plan.name) ? 'legacy' : 'nft';
  const init = ['sh', `${import.meta.dirname}/node-init.sh`, plan.name, scratch, NETWORK.resolver, iptables];
  const daemon = startDaemon(
    log(lab, plan.name),
    insideCgroups(cgroups, ['nsenter', `--net=/run/netns/${netns(lab, plan.name)}`, ...unshare, ...init]),
  );
  const pid = await eventually(`${plan.name} starts`, () => readyPid(lab, plan.name), {
    timeoutMs: 10_000,
    everyMs: 20,
    hope: daemon.alive,
  });
  return { ...plan, pid, cgroups: await placesInside(cgroups) };
}

async function readyPid(lab: Lab, name: string): Promise<number | undefined> {
  const pid = await nodePid(lab, name);
  return pid !== undefined && existsSync(inNode(pid, '/run/node-ready')) ? pid : undefined;
}

/** Process 1 of the node, found by its namespaces: no file could say it after a crash. */
export async function nodePid(lab: Lab, name: string): Promise<number | undefined> {
  for (const pid of await pidsIn(lab, name)) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    const levels = /^NSpid:\s+(.+)$/m.exec(status)?.[1]?.split(/\s+/) ?? [];
    // Two levels: a pod with hostNetwork is in the node's network too, but one level further down.
    if (levels.length === 2 && levels[1] === '1') return pid;
  }
  return undefined;
}

export async function pidsIn(lab: Lab, name: string): Promise<number[]> {
  const { stdout } = await run(['ip', 'netns', 'pids', netns(lab, name)]);
  return stdout.split('\n').filter(Boolean).map(Number);
}

/** A path as the node sees it. */
export const inNode = (pid: number, path: string) => `/proc/${pid}/root${path}`;

export const enter = (pid: number, argv: readonly string[]) => ['nsenter', '-t', String(pid), '-a', '--', ...argv];

/** `argv` as a program of the node with this name. */
export async function onNode(lab: Lab, name: string, argv: readonly string[]): Promise<string[]> {
  const pid = await nodePid(lab, name);
  if (pid === undefined) throw new Error(`${name} is not up`);
  return enter(pid, argv);
}

export function startOnNode(lab: Lab, node: Node, argv: readonly string[]): ReturnType<typeof startDaemon> {
  return startDaemon(
    log(lab, `${node.name}.${basename(argv[0] ?? '')}`),
    insideCgroups(node.cgroups, enter(node.pid, argv)),
  );
}
