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
import { withLab } from '../triage/with-lab.ts';

const ROUNDS = 5;
const ONE = ['node-a'];
const THREE = ['node-a', 'node-b', 'node-c'];
/** Milliseconds there and back: in the same rack, in another zone, from home. */
const DELAYS = [0, 20, 60];

/** What every harmless program says, from one node and from three; the nodes of a lab share this machine's processors. */
export async function nodeEvidence(): Promise<void> {
  await withLab(async ({ lab }) => {
    const rows: string[][] = [];
    for (const delay of DELAYS) rows.push(await atDelay(lab, delay));
    showHeading(`evidence of nodes over SSH, ${ROUNDS} rounds, medians`);
    showTable([['', 'one node', 'three nodes', 'ratio', 'budget'], ...rows]);
    say('  the nodes of a lab share the processors of this machine: with a way of some length it matters less');
  });
}

async function atDelay(lab: Lab, delay: number): Promise<string[]> {
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
    return [`${delay} ms there and back`, seconds(one), seconds(three), ratio(three / one), '<= 1.50x'];
  } finally {
    ways?.end();
    rmSync(state, { recursive: true, force: true });
  }
}
