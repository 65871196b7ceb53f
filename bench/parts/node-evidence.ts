import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { sshFile } from '../../lab/access/ssh-keys.ts';
import { kubeconfig, type Lab, netns, within } from '../../lab/cluster/plan.ts';
import { must } from '../../lab/machine/run.ts';
import { say } from '../../lab/machine/say.ts';
import { alternate } from '../measure/alternate.ts';
import { median } from '../measure/spread.ts';
import { time } from '../measure/time.ts';
import { PROGRAM } from '../program.ts';
import { ratio, seconds, showHeading, showTable } from '../show.ts';
import { withLab } from '../triage/with-lab.ts';

const ROUNDS = 5;
const ONE = ['node-a'];
const THREE = ['node-a', 'node-b', 'node-c'];
const DELAYS = [0, 20];

/** What every harmless program says, from one node and from three; the nodes of a lab share this machine's processors. */
export async function nodeEvidence(): Promise<void> {
  await withLab(async ({ lab }) => {
    const rows: string[][] = [];
    for (const delay of DELAYS) rows.push(...(await atDelay(lab, delay)));
    showHeading(`evidence of nodes over SSH, ${ROUNDS} rounds, medians`);
    showTable([['', 'one node', 'three nodes', 'ratio', 'budget'], ...rows]);
    say('  the nodes of a lab share the processors of this machine: with a way of some length it matters less');
  });
}

async function atDelay(lab: Lab, delay: number): Promise<string[][]> {
  const way = await farAway(lab, delay);
  if (!way) {
    say(`  ${delay} ms away is left out: this kernel delays nothing (sch_netem)`);
    return [];
  }
  const state = join(lab.dir, 'bench-state');
  const collect = async (nodes: readonly string[]) => {
    const flags = [
      '--kubeconfig',
      kubeconfig(lab, 'admin'),
      '--ssh-config',
      sshFile(lab, 'config'),
      '--state-dir',
      state,
    ];
    const argv = [...within(lab, 'bastion'), ...PROGRAM, 'collect', ...nodes, ...flags];
    const { seconds: took, code, stderr } = await time(argv, { timeoutMs: 120_000 });
    if (code !== 0) throw new Error(`collect ended with ${code}: ${stderr.slice(0, 300)}`);
    return took;
  };
  try {
    const samples = await alternate(ROUNDS, { one: () => collect(ONE), three: () => collect(THREE) });
    const [one, three] = [median(samples.get('one') ?? []), median(samples.get('three') ?? [])];
    return [[`${delay} ms away`, seconds(one), seconds(three), ratio(three / one), '<= 1.50x']];
  } finally {
    await way();
    rmSync(state, { recursive: true, force: true });
  }
}

/** Everything the bastion sends leaves later. Answers with what takes that back; `undefined` where the kernel cannot. */
async function farAway(lab: Lab, delay: number): Promise<(() => Promise<void>) | undefined> {
  if (delay === 0) return async () => {};
  const tc = async (...words: string[]) => {
    const links = await must(['ip', '-n', netns(lab, 'bastion'), '-br', 'link', 'show', 'type', 'veth']);
    const device = /^[^@\s]+/.exec(links)?.[0] ?? '';
    await must([
      'tc',
      '-n',
      netns(lab, 'bastion'),
      'qdisc',
      ...words,
      'dev',
      device,
      'root',
      'netem',
      'delay',
      `${delay}ms`,
    ]);
  };
  try {
    await tc('add');
  } catch (error) {
    if (String(error).includes('qdisc kind is unknown')) return undefined;
    throw error;
  }
  return () => tc('del');
}
