import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cgroupsOf } from '../../lab/cluster/cgroups.ts';
import { type Lab, NODES } from '../../lab/cluster/plan.ts';

const PERIOD = 100_000;

/** A file of a cgroup that limits its processor time, and what stands in it for a share, by version of cgroups. */
const LIMITS = [
  { file: 'cpu.max', text: (quota: number) => `${quota} ${PERIOD}` },
  { file: 'cpu.cfs_quota_us', text: (quota: number) => String(quota) },
] as const;

/**
 * Gives each node of the lab this share of one processor for itself, as real nodes have their own: what one of them
 * takes is then not taken from the others. Returns what lifts the limits again.
 * @param share of one processor, such that all nodes and the program itself fit into this machine
 * @throws where this machine has no cgroup that limits processor time
 */
export async function ownShares(lab: Lab, share: number): Promise<() => void> {
  const undo: (() => void)[] = [];
  for (const { name } of NODES) {
    const before = undo.length;
    // Outermost first: the limit of the node's own cgroup holds for all that is below.
    for (const dir of await cgroupsOf(lab, [name])) {
      const limit = LIMITS.find(({ file }) => existsSync(`${dir}/${file}`));
      if (!limit) continue;
      const path = `${dir}/${limit.file}`;
      const was = readFileSync(path, 'utf8');
      writeFileSync(path, limit.text(share * PERIOD));
      undo.push(() => writeFileSync(path, was));
      break;
    }
    if (undo.length === before) throw new Error(`no cgroup limits the processor time of ${name}`);
  }
  return () => {
    for (const lift of undo) lift();
  };
}
