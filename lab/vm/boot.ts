import { spawn } from 'node:child_process';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stage } from '../machine/stage.ts';
import { makeDisk } from './disk.ts';
import { makeInitramfs } from './initramfs.ts';
import { fetchKernel } from './kernel.ts';
import { qemu, REPOSITORY } from './machine.ts';

export interface Order {
  /** For `inside.ts`; nothing for a machine that only gives a prompt. */
  words: readonly string[];
  /** Whether it ends with a prompt. */
  prompt: boolean;
}

/** Starts the machine, shows its console, and gives the exit code that the console tells. `out` is shared with it. */
export async function boot(out: string, { words, prompt }: Order): Promise<number> {
  const kernel = await stage("Debian's kernel", fetchKernel);
  const disk = await stage('disk with programs and images', makeDisk);
  const initramfs = await stage('initramfs', () => makeInitramfs(kernel, out));
  await copyFile(join(import.meta.dirname, 'guest.sh'), join(out, 'guest.sh'));
  const lines = { REPOSITORY, ORDER: words.join(' '), PROMPT: prompt ? (process.env.TERM ?? 'dumb') : '' };
  await writeFile(
    join(out, 'order'),
    Object.entries(lines)
      .map(([name, value]) => `${name}='${value}'\n`)
      .join(''),
  );
  return follow(qemu({ kernel, initramfs, disk, out }), prompt);
}

function follow(argv: readonly string[], prompt: boolean): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const machine = spawn(argv[0] ?? '', argv.slice(1), { stdio: [prompt ? 'inherit' : 'ignore', 'pipe', 'inherit'] });
  // Whoever ends this program ends the machine with it.
  const stop = () => void machine.kill('SIGTERM');
  process.once('SIGINT', stop).once('SIGTERM', stop).once('SIGHUP', stop);
  let tail = '';
  machine.stdout.setEncoding('utf8').on('data', (text: string) => {
    process.stdout.write(text);
    tail = (tail + text).slice(-2000);
  });
  machine.on('error', () => resolve(127));
  machine.on('close', () => resolve(Number(/^vm: exit (\d+)/m.exec(tail)?.[1] ?? 1)));
  return promise;
}
