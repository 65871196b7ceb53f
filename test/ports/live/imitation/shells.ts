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

/** Runs a program as it is, told of every piece of stdout while it runs. */
export const spawnFollowed = async (
  [program = 'sh', ...argv]: readonly string[],
  env: NodeJS.ProcessEnv,
  onStdout: (bytes: Buffer) => void = () => {},
) => {
  const child = spawn(program, argv, { stdio: ['ignore', 'pipe', 'pipe'], env });
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (bytes: Buffer) => {
    stdout.push(bytes);
    onStdout(bytes);
  });
  child.stderr.on('data', (bytes: Buffer) => stderr.push(bytes));
  const [status] = (await once(child, 'close')) as [number | null];
  return { stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr), status };
};

/** The same for the argument list of an exec, with its `sh` replaced. */
export const follow = (shell: readonly string[], argv: readonly string[], onStdout: (bytes: Buffer) => void) =>
  spawnFollowed([...shell, ...argv.slice(1)], process.env, onStdout);
