import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CannotLook } from '../../domain/cannot-look.js';
import type { ExecEnded, ExecResult } from '../live/exec-attempt.js';
import { collector } from '../live/exec-frames.js';
import type { Shell, ShellRequest } from '../live/shell.js';
import { proxyCommand, strict } from './proxy-command.js';
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
  // Last among the words of ssh, also of a key that has changed: "Host key verification failed."
  if (/host key verification/i.test(said) && !/identification has changed|revoked/i.test(words))
    return new CannotLook('forbidden', `ssh: ${said} It is not known; ssh to the node once accepts it.`);
  if (/permission denied|host key verification|identification has changed|revoked/i.test(words))
    return new CannotLook('forbidden', `ssh: ${said}`);
  return new CannotLook(/timed? ?out/i.test(words) ? 'timeout' : 'lost', `ssh: ${said || 'it ended without a word.'}`);
};

type Place = Goal & { readonly jumps: readonly string[] };

/**
 * The operator's own ssh, for what ssh2 does not speak: certificates, security keys, ProxyCommand, newer key
 * exchanges. One connection per host, shared by its programs, and never a question.
 */
export const createSystemSsh = (flags: SshFlags, { env, home }: Surroundings) => {
  let made: Promise<string> | undefined;
  const folder = () => (made ??= mkdtemp(join(tmpdir(), 'net-triage-')));
  const places = new Map<string, readonly string[]>();
  const options = async () => [
    ...flagsForSsh({ ...flags, jump: undefined }),
    ...[...strict, '-o', 'ForwardAgent=no'],
    ...['-o', 'ControlMaster=auto', '-o', 'ControlPersist=30', '-o', `ControlPath=${join(await folder(), '%C')}`],
  ];
  const start = async (more: readonly string[]) =>
    spawn('ssh', [...(await options()), ...more], {
      env: { ...env, HOME: home, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  return {
    /** `jumps`: hosts on the way, nearest first. */
    shell({ host, address, jumps }: Place, { key, name }: Pick<Shell, 'key' | 'name'>): Shell {
      const placeIn = async () => {
        const log = join(await folder(), `${key.replaceAll('/', '-')}.log`);
        const way = proxyCommand(flags, jumps, log);
        const place = [
          ...(way ? ['-o', `ProxyCommand=${way}`] : []),
          ...(address ? ['-o', `HostName=${address}`] : []),
          host,
        ];
        places.set(key, place);
        return { place, log };
      };
      return {
        key,
        name,
        async exec(request, signal) {
          const { place, log } = await placeIn();
          const began = performance.now();
          const limit = AbortSignal.timeout(request.deadline);
          const child = await start(['-T', ...place, '--', commandLine(request.argv)]);
          const found = await wait(child, request, AbortSignal.any([signal, limit]));
          signal.throwIfAborted();
          if (found.ended === 'status' && found.exitCode === 255) {
            const onTheWay = await readFile(log, 'utf8').catch(() => '');
            throw refused(`${found.stderr.toString('utf8')}\n${onTheWay}`);
          }
          const ended = found.ended === 'abort' ? 'timeout' : found.ended;
          return { ...found, ended, message: '', durationMs: performance.now() - began };
        },
      };
    },
    async close() {
      if (!made) return;
      const endings = [...places.values()].map(async (place) => {
        // The whole place again: its options are part of the name of the connection.
        const child = await start(['-O', 'exit', ...place]);
        await new Promise((resolve) => child.once('close', resolve).once('error', resolve));
      });
      await Promise.all(endings);
      await rm(await made, { recursive: true, force: true });
    },
  };
};
