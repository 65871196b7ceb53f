import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CannotLook } from '../../domain/cannot-look.js';
import type { ExecEnded, ExecResult } from '../live/exec-attempt.js';
import { collector } from '../live/exec-frames.js';
import type { Shell, ShellRequest } from '../live/shell.js';
import { commandLine } from './quote.js';
import { flagsForSsh, type SshFlags, type Surroundings } from './settings.js';
import type { Goal } from './way.js';

const defaultCap = 1 << 20;

const wait = (child: ChildProcess, { cap = defaultCap, onStdout }: ShellRequest, stop: AbortSignal) => {
  const { promise, resolve, reject } = Promise.withResolvers<Omit<ExecResult, 'durationMs' | 'message'>>();
  const [stdout, stderr] = [collector(cap), collector(cap)];
  let ended: ExecEnded | undefined;
  const end = (word: ExecEnded) => {
    ended ??= word;
    child.kill();
  };
  const abort = () => end('abort');
  if (stop.aborted) abort();
  stop.addEventListener('abort', abort, { once: true });
  child.stdout?.on('data', (bytes: Buffer) => {
    onStdout?.(bytes);
    if (stdout.add(bytes) === false) end('cap');
  });
  child.stderr?.on('data', (bytes: Buffer) => {
    if (stderr.add(bytes) === false) end('cap');
  });
  child.once('error', reject);
  child.once('close', (code) => {
    stop.removeEventListener('abort', abort);
    const exitCode = code ?? Number.NaN;
    resolve({ ended: ended ?? 'status', exitCode, stdout: stdout.bytes(), stderr: stderr.bytes() });
  });
  return promise;
};

/** ssh says 255 for what failed before the program ran. */
const refused = (words: string): CannotLook => {
  const said = words.trim().split('\n').at(-1) ?? '';
  if (/permission denied|host key verification|identification has changed|revoked/i.test(words))
    return new CannotLook('forbidden', `ssh: ${said}`);
  return new CannotLook(/timed? ?out/i.test(words) ? 'timeout' : 'lost', `ssh: ${said || 'it ended without a word.'}`);
};

/**
 * The operator's own ssh, for what ssh2 does not speak: certificates, security keys, ProxyCommand, newer key
 * exchanges. One connection per host, shared by its programs, and never a question.
 */
export const createSystemSsh = (flags: SshFlags, { env, home }: Surroundings) => {
  let made: Promise<string> | undefined;
  const folder = () => (made ??= mkdtemp(join(tmpdir(), 'net-triage-')));
  const hosts = new Set<string>();
  const options = async () => [
    ...flagsForSsh(flags),
    ...['-o', 'BatchMode=yes', '-o', 'StrictHostKeyChecking=yes', '-o', 'ConnectTimeout=8', '-o', 'ForwardAgent=no'],
    ...['-o', 'ControlMaster=auto', '-o', 'ControlPersist=30', '-o', `ControlPath=${join(await folder(), '%C')}`],
  ];
  const start = async (more: readonly string[]) =>
    spawn('ssh', [...(await options()), ...more], {
      env: { ...env, HOME: home, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  return {
    shell({ host, address }: Goal, { key, name }: Pick<Shell, 'key' | 'name'>): Shell {
      const place = address ? ['-o', `HostName=${address}`, host] : [host];
      return {
        key,
        name,
        async exec(request, signal) {
          hosts.add(host);
          const began = performance.now();
          const limit = AbortSignal.timeout(request.deadline);
          const child = await start(['-T', ...place, '--', commandLine(request.argv)]);
          const found = await wait(child, request, AbortSignal.any([signal, limit]));
          signal.throwIfAborted();
          if (found.ended === 'status' && found.exitCode === 255) throw refused(found.stderr.toString('utf8'));
          const ended = found.ended === 'abort' ? 'timeout' : found.ended;
          return { ...found, ended, message: '', durationMs: performance.now() - began };
        },
      };
    },
    async close() {
      if (!made) return;
      const endings = [...hosts].map(async (host) => {
        const child = await start(['-O', 'exit', host]);
        await new Promise((resolve) => child.once('close', resolve).once('error', resolve));
      });
      await Promise.all(endings);
      await rm(await made, { recursive: true, force: true });
    },
  };
};
