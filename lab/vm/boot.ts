import { spawn } from 'node:child_process';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stage } from '../machine/stage.ts';
import { makeDisk } from './disk.ts';
import { buildKernel } from './kernel.ts';
import { machine, REPOSITORY } from './machine.ts';
import { withManyMappings } from './many-mappings.ts';

export interface Order {
  /** For `inside.ts`; nothing for a machine that only gives a prompt. */
  words: readonly string[];
  /** Whether it ends with a prompt. */
  prompt: boolean;
}

/** Starts the machine, shows its console, and gives the exit code that the console tells. `out` is shared with it. */
export async function boot(out: string, { words, prompt }: Order): Promise<number> {
  const kernel = await stage('kernel that runs as a program', buildKernel);
  const disk = await stage('disk with programs and images', makeDisk);
  await copyFile(join(import.meta.dirname, 'guest.sh'), join(out, 'guest.sh'));
  // A kubelet looks for the clock of the processor, which the kernel inside does not know.
  const [processor = ''] = (await readFile('/proc/cpuinfo', 'utf8')).split('\n\n');
  await writeFile(join(out, 'cpuinfo'), `${processor}\n\n`);
  const lines = { REPOSITORY, ORDER: words.join(' '), PROMPT: prompt ? (process.env.TERM ?? 'dumb') : '' };
  await writeFile(
    join(out, 'order'),
    Object.entries(lines)
      .map(([name, value]) => `${name}='${value}'\n`)
      .join(''),
  );
  return withManyMappings(() => follow(machine({ kernel, disk, out }), prompt));
}

// Its programs are processes of this machine, and run on here, by themselves and as root, where it ends without them.
// All of them end with the first of their namespace: when the kernel does, and when this program does, however.
const ENDS_WITH_US = ['setpriv', '--pdeathsig', 'KILL', 'unshare', '--mount', '--pid', '--fork', '--kill-child=KILL'];
const TOGETHER = [...ENDS_WITH_US, '--mount-proc'];

function follow(kernel: readonly string[], prompt: boolean): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const [program = '', ...args] = [...TOGETHER, ...kernel];
  const running = spawn(program, args, {
    stdio: [prompt ? 'inherit' : 'ignore', 'pipe', 'inherit'],
  });
  const stop = () => running.kill('SIGKILL');
  process.once('SIGINT', stop).once('SIGTERM', stop).once('SIGHUP', stop);
  let tail = '';
  running.stdout.setEncoding('utf8').on('data', (text: string) => {
    process.stdout.write(text);
    tail = (tail + text).slice(-2000);
  });
  running.on('error', () => resolve(127));
  running.on('close', () => resolve(Number(/^vm: exit (\d+)/m.exec(tail)?.[1] ?? 1)));
  return promise;
}
