import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPrograms } from './build/programs.ts';
import { kubectlFor } from './cluster/kubectl.ts';
import { kubeconfig, type Lab, labFromEnvironment, within } from './cluster/plan.ts';
import { must, run } from './machine/run.ts';
import { complain, say } from './machine/say.ts';
import { stage } from './machine/stage.ts';
import { findFault, type NamedFault } from './scenario/find.ts';
import { Play } from './scenario/play.ts';

const USAGE = `node lab/record.ts NAME…   records faults of lab/faults on the lab that is up: practice/NAME/{healthy,broken}.universe.tar.zst
                   --all     those that are recorded already`;

const ROOT = join(import.meta.dirname, '..');
const PRACTICE = join(ROOT, 'practice');
const PROGRAM = join(ROOT, 'bin/net-triage.js');

/** Walks the working and the broken state with the real program, and packs what it saw of each. */
async function record(lab: Lab, fault: NamedFault): Promise<void> {
  const play = new Play(lab, kubectlFor(lab, (await buildPrograms()).kube), fault);
  const { top = [] } = fault.runs[0]?.expect ?? {};
  try {
    await stage(`${fault.name} works`, () => play.prepare());
    await stage('  healthy, recorded', () => walk(lab, fault, { name: 'healthy', wanted: ['HEALTHY'] }));
    await stage(`${fault.name} is broken`, () => play.inject());
    await stage('  broken, recorded', () => walk(lab, fault, { name: 'broken', wanted: top }));
    await stage(`${fault.name} works again`, () => play.heal());
  } finally {
    await play.cleanUp();
  }
}

interface Take {
  name: 'healthy' | 'broken';
  /** Words of which the verdict has to have one: a recording of something else would teach the wrong thing. */
  wanted: readonly string[];
}

async function walk(lab: Lab, { name, flow }: NamedFault, take: Take): Promise<void> {
  const state = mkdtempSync(join(tmpdir(), 'net-triage-record-'));
  const file = join(PRACTICE, name, `${take.name}.universe.tar.zst`);
  const program = [...within(lab, 'bastion'), process.execPath, PROGRAM];
  const flags = ['--level', 'probe', '--kubeconfig', kubeconfig(lab, 'admin'), '--state-dir', state];
  try {
    const asked = ['run', '--no-input', '-o', 'short', '--from', flow.from, '--to', flow.to, ...flags];
    const { stdout, stderr } = await run([...program, ...asked], { timeoutMs: 90_000 });
    if (!take.wanted.some((word) => stdout.includes(word)))
      throw new Error(`the walk ended elsewhere:\n${stdout}${stderr}`);
    mkdirSync(join(PRACTICE, name), { recursive: true });
    rmSync(file, { force: true });
    await must([...program, 'session', 'export', '1', '--state-dir', state, '-o', 'universe', '--output-file', file]);
    say(`  ${take.name}: ${(statSync(file).size / 1024).toFixed(1)} KB`);
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}

const args = process.argv.slice(2);
const names = args.includes('--all') ? readdirSync(PRACTICE) : args;
if (names.length === 0) {
  complain(USAGE);
  process.exit(2);
}
const lab = labFromEnvironment();
await must([process.execPath, 'build.ts'], { cwd: ROOT });
for (const name of names) await record(lab, await findFault(name));
