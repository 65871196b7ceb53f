import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { must } from './machine/run.ts';
import { complain, say } from './machine/say.ts';
import { findFaults } from './scenario/find.ts';
import { boot } from './vm/boot.ts';
import { installForMachine } from './vm/packages.ts';
import { bringHome } from './vm/recordings.ts';

const USAGE = `node lab/vm.ts    a kernel that runs as a program and has IPVS; in it a lab with kube-proxy in ipvs mode, its faults, and off
  --only NAME     one fault; may be repeated
  --corpus        records what the programs print there, healthy and broken, instead
  --shell         only a prompt, no lab
  --keep          a prompt at the end, with the lab still up`;

const ROOT = join(import.meta.dirname, '..');
const PROFILE = 'ipvs';

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    corpus: { type: 'boolean', default: false },
    shell: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function words(): Promise<string[]> {
  if (values.shell) return [];
  if (values.corpus) return ['corpus'];
  const known = (await findFaults()).filter(({ on }) => on?.includes(PROFILE)).map(({ name }) => name);
  const unknown = values.only?.find((name) => !known.includes(name));
  if (unknown) throw new Error(`no fault ${unknown} on ${PROFILE}; there are: ${known.join(', ')}`);
  return ['matrix', ...(values.only ?? known)];
}

async function main(): Promise<number> {
  const order = { words: await words(), prompt: values.shell || values.keep };
  await installForMachine();
  await must([process.execPath, 'build.ts'], { cwd: ROOT });
  const out = await mkdtemp(join(tmpdir(), 'net-triage-vm-'));
  try {
    const code = await boot(out, order);
    if (existsSync(join(out, 'matrix'))) await cp(join(out, 'matrix'), join(ROOT, '.lab-vm'), { recursive: true });
    if (existsSync(join(out, 'corpus'))) {
      const count = await bringHome(PROFILE, join(out, 'corpus'), join(ROOT, 'test/fixtures/corpus'));
      say(`${count} recordings of ${PROFILE}`);
    }
    return code;
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

if (values.help) {
  complain(USAGE);
  process.exit(2);
}
try {
  process.exitCode = await main();
} catch (error) {
  complain(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
