import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Does `work` while no other process of this machine does work under the same `file`. The kernel gives the lock up with
 * the last process that holds it, so one that is killed leaves nothing behind.
 */
export async function alone<T>(file: string, work: () => T | Promise<T>): Promise<T> {
  // What is said to `cat` comes back once it runs, and it runs once the lock is held.
  const holder = spawn('flock', [file, 'cat'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(holder, 'close');
  holder.stdin.on('error', () => {}); // one that cannot start has ended, which is told below
  holder.stdin.write('held\n');
  const held = await Promise.race([once(holder.stdout, 'data').then(() => true), ended.then(() => false)]);
  if (!held) throw new Error(`${file} cannot be locked`);
  try {
    return await work();
  } finally {
    holder.stdin.end();
    await ended;
  }
}
