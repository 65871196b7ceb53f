import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

export interface Daemon {
  /** Leader of a process group of its own. */
  pid: number;
  log: string;
  alive(): boolean;
}

/** Starts a program that outlives this one; it belongs to the lab's namespaces, where `down` finds it. */
export function startDaemon(log: string, argv: readonly string[]): Daemon {
  const out = openSync(log, 'a');
  const child = spawn(argv[0] ?? '', argv.slice(1), { detached: true, stdio: ['ignore', out, out] });
  closeSync(out);
  let alive = true;
  child.on('error', () => (alive = false));
  child.on('exit', () => (alive = false));
  child.unref();
  return { pid: child.pid ?? 0, log, alive: () => alive };
}
