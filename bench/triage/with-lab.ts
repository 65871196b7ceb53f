import { existsSync } from 'node:fs';
import { buildPrograms } from '../../lab/build/programs.ts';
import { down } from '../../lab/cluster/down.ts';
import { type Kubectl, kubectlFor } from '../../lab/cluster/kubectl.ts';
import { nodePid } from '../../lab/cluster/node.ts';
import { type Lab, labFromEnvironment, netns } from '../../lab/cluster/plan.ts';
import { up } from '../../lab/cluster/up.ts';

export interface LabCluster {
  lab: Lab;
  kubectl: Kubectl;
  /** The program whose first argument may be `kubectl`. */
  kube: string;
}

/** A lab of its own, so that nobody's faults and load get mixed in; one that is up under its name is used and left up. */
export async function withLab(work: (cluster: LabCluster) => Promise<void>): Promise<void> {
  const lab = labFromEnvironment({ LAB_PREFIX: 'bn', LAB_DIR: '.lab-bench', ...process.env });
  const { kube } = await buildPrograms();
  if ((await nodePid(lab, 'node-a')) !== undefined) return work({ lab, kube, kubectl: kubectlFor(lab, kube) });
  if (existsSync(`/run/netns/${netns(lab, 'underlay')}`)) await down(lab); // left by a run that was killed
  const stop = () => void down(lab).finally(() => process.exit(130));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    await work({ lab, kube, kubectl: await up(lab) });
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await down(lab);
  }
}
