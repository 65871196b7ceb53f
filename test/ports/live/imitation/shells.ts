import { spawnSync } from 'node:child_process';

/** The shells of real images, as far as this machine has them. `sh` is dash on Debian. */
export const shells = [['dash'], ['bash'], ['busybox', 'sh']].filter(
  ([name = '']) => !spawnSync(name, ['-c', ':']).error,
);

/** Runs the argument list of an exec, with its `sh` replaced. */
export const runIn = ([program = 'sh', ...first]: readonly string[], argv: readonly string[], env = process.env) => {
  const { stdout, stderr, status } = spawnSync(program, [...first, ...argv.slice(1)], { maxBuffer: 1 << 28, env });
  return { stdout, stderr: stderr.toString(), status };
};
