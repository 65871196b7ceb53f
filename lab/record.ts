import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildPrograms } from './build/programs.ts';
import { kubectlFor } from './cluster/kubectl.ts';
import { kubeconfig, labFromEnvironment, within } from './cluster/plan.ts';
import { run } from './machine/run.ts';
import { complain, say } from './machine/say.ts';
import { stage } from './machine/stage.ts';
import { findFault } from './scenario/find.ts';
import { Play } from './scenario/play.ts';

const ROOT = join(import.meta.dirname, '..');
const PROGRAM = join(ROOT, 'bin/net-triage.js');

/** Breaks the lab that is up, walks the fault with the real program, and packs what it saw as a universe. */
async function record(name: string): Promise<string> {
  const lab = labFromEnvironment();
  const fault = await findFault(name);
  const play = new Play(lab, kubectlFor(lab, (await buildPrograms()).kube), fault);
  const state = mkdtempSync(join(tmpdir(), 'net-triage-record-'));
  const file = join(ROOT, 'practice', name, `${name}.universe.tar.zst`);
  const program = [...within(lab, 'bastion'), process.execPath, PROGRAM];
  try {
    await stage(`${name} works`, () => play.prepare());
    await stage(`${name} is broken`, () => play.inject());
    const { from, to } = fault.flow;
    const flags = ['--level', 'probe', '--kubeconfig', kubeconfig(lab, 'admin'), '--state-dir', state];
    await stage('walk', async () => {
      const { stdout } = await run(
        [...program, 'run', '--no-input', '-o', 'short', '--from', from, '--to', to, ...flags],
        {
          timeoutMs: 90_000,
        },
      );
      // A recording of something else than the fault would teach the wrong thing.
      if (!fault.runs[0]?.expect.top?.some((id) => stdout.includes(id)))
        throw new Error(`the walk ended elsewhere:\n${stdout}`);
    });
    mkdirSync(dirname(file), { recursive: true });
    rmSync(file, { force: true });
    const packed = await run(
      [...program, 'session', 'export', '1', '--state-dir', state, '-o', 'universe', '--output-file', file],
      {
        timeoutMs: 30_000,
      },
    );
    if (packed.code !== 0) throw new Error(packed.stderr);
    return file;
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}

const [name] = process.argv.slice(2);
if (!name) {
  complain('node lab/record.ts FAULT   records a fault of lab/faults/ on the lab that is up');
  process.exit(2);
}
say(await record(name));
