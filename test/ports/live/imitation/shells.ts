import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** The shells of real images, as far as this machine has them. `sh` is dash on Debian. */
export const shells = [['dash'], ['bash'], ['busybox', 'sh']].filter(
  ([name = '']) => !spawnSync(name, ['-c', ':']).error,
);

/** Runs the argument list of an exec, with its `sh` replaced. */
export const runIn = ([program = 'sh', ...first]: readonly string[], argv: readonly string[], env = process.env) => {
  const { stdout, stderr, status } = spawnSync(program, [...first, ...argv.slice(1)], { maxBuffer: 1 << 28, env });
  return { stdout, stderr: stderr.toString(), status };
};

/** The same, told of every piece of stdout while the program runs. */
export const follow = async (
  [program = 'sh', ...first]: readonly string[],
  argv: readonly string[],
  onStdout: (bytes: Buffer) => void,
) => {
  const child = spawn(program, [...first, ...argv.slice(1)], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (bytes: Buffer) => {
    stdout.push(bytes);
    onStdout(bytes);
  });
  child.stderr.on('data', (bytes: Buffer) => stderr.push(bytes));
  const [status] = (await once(child, 'close')) as [number | null];
  return { stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr), status };
};
