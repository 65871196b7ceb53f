import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { sshFile } from '../../lab/access/ssh-keys.ts';
import { kubeconfig, type Lab, within } from '../../lab/cluster/plan.ts';
import { say } from '../../lab/machine/say.ts';
import { alternate } from '../measure/alternate.ts';
import { median } from '../measure/spread.ts';
import { time } from '../measure/time.ts';
import { PROGRAM } from '../program.ts';
import { ratio, seconds, showHeading, showTable } from '../show.ts';
import { longWays } from '../triage/long-ways.ts';
import { ownShares } from '../triage/own-shares.ts';
import { withLab } from '../triage/with-lab.ts';

const ROUNDS = 5;
const ONE = ['node-a'];
const THREE = ['node-a', 'node-b', 'node-c'];
/** Milliseconds there and back: in the same rack, in another zone, from home. */
const DELAYS = [0, 20, 60];
/** Of one processor: three nodes leave the program itself about as much of two as one node does. */
const SHARE = 0.3;

/** What every harmless program says, from one node and from three: on processors they share, and each on its own share. */
export async function nodeEvidence(): Promise<void> {
  await withLab(async ({ lab }) => {
    const rows: string[][] = [];
    for (const delay of DELAYS) rows.push(await atDelay(lab, delay));
    const lift = await ownShares(lab, SHARE);
    try {
      for (const delay of DELAYS) rows.push(await atDelay(lab, delay, `, ${SHARE} of a processor per node`));
    } finally {
      lift();
    }
    showHeading(`evidence of nodes over SSH, ${ROUNDS} rounds, medians`);
    showTable([['', 'one node', 'three nodes', 'ratio', 'budget'], ...rows]);
    say('  nodes without a share of their own take processor time from each other, which those of a cluster do not');
  });
}

async function atDelay(lab: Lab, delay: number, more = ''): Promise<string[]> {
  const ways = delay > 0 ? await longWays(lab, delay / 2) : undefined;
  const state = join(lab.dir, 'bench-state');
  const flags = ['--kubeconfig', kubeconfig(lab, 'admin'), '--ssh-config', ways?.config ?? sshFile(lab, 'config')];
  const collect = async (nodes: readonly string[]) => {
    const argv = [...within(lab, 'bastion'), ...PROGRAM, 'collect', ...nodes, ...flags, '--state-dir', state];
    const { seconds: took, code, stderr } = await time(argv, { timeoutMs: 120_000 });
    if (code !== 0) throw new Error(`collect ended with ${code}: ${stderr.slice(0, 300)}`);
    return took;
  };
  try {
    const samples = await alternate(ROUNDS, { one: () => collect(ONE), three: () => collect(THREE) });
    const [one, three] = [median(samples.get('one') ?? []), median(samples.get('three') ?? [])];
    return [`${delay} ms there and back${more}`, seconds(one), seconds(three), ratio(three / one), '<= 1.50x'];
  } finally {
    ways?.end();
    rmSync(state, { recursive: true, force: true });
  }
}
