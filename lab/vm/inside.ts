import { globSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { handOver } from '../machine/run.ts';
import { REPOSITORY } from './machine.ts';

// Programs start ten times as slowly as outside, and two nodes show what three would.
Object.assign(process.env, {
  LAB_IMAGES: globSync('/lab/cache/net-triage-lab/images-*')[0],
  LAB_NODES: '2',
  LAB_BUILT: 'yes',
  LAB_PATIENCE: '5',
});

const CORPUS = 'test/fixtures/corpus';

/** What the machine is there for, once it runs: a lab of its own, played as any other; what it brings goes to the host. */
async function work([order = '', ...names]: readonly string[]): Promise<number> {
  const up = await node('lab/lab.ts', 'up');
  if (up !== 0) return up;
  if (order === 'corpus') {
    const code = await node('lab/corpus.ts', '--running');
    await cp(join(REPOSITORY, CORPUS), '/out/corpus', { recursive: true });
    return code;
  }
  return node('lab/matrix.ts', '--running', '--output', '/out/matrix', ...names.flatMap((name) => ['--only', name]));
}

const node = (...args: string[]) => handOver([process.execPath, ...args]);

process.exitCode = await work(process.argv.slice(2));
