import { spawn } from 'node:child_process';
import { complain } from './say.ts';

export interface Finished {
  code: number;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  input?: string;
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  timeoutMs?: number;
}

export class CommandFailed extends Error {
  constructor(argv: readonly string[], result: Finished) {
    const said = (result.stderr.trim() || result.stdout.trim()).split('\n').slice(-15).join('\n');
    super(`${argv.join(' ').slice(0, 300)} ended with ${result.code}\n${said}`);
  }
}

/** Runs to the end and reports; a non-zero exit code is an answer, not an error. */
export function run(argv: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const { promise, resolve } = Promise.withResolvers<Finished>();
  const child = spawn(argv[0] ?? '', argv.slice(1), {
    cwd: options.cwd,
    env: options.env,
    timeout: options.timeoutMs,
    killSignal: 'SIGKILL',
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.on('error', (error) => resolve({ code: 127, stdout, stderr: stderr + error.message }));
  child.on('close', (code, signal) =>
    resolve({ code: code ?? 128, stdout, stderr: signal ? `${stderr}\nended by ${signal}` : stderr }),
  );
  child.stdin.on('error', () => {}); // a program that ends without reading its input is no mistake of ours
  child.stdin.end(options.input ?? '');
  return promise;
}

/** Runs to the end and gives what it printed; anything but exit code 0 is thrown with the program's own words. */
export async function must(argv: readonly string[], options: RunOptions = {}): Promise<string> {
  const result = await run(argv, options);
  if (result.code !== 0) throw new CommandFailed(argv, result);
  return result.stdout;
}

/** Hands the terminal to the program, as a shell would. */
export function handOver(argv: readonly string[]): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const child = spawn(argv[0] ?? '', argv.slice(1), { stdio: 'inherit' });
  child.on('error', (error) => {
    complain(error.message);
    resolve(127);
  });
  child.on('close', (code, signal) => {
    if (signal) complain(`${argv[0]} was ended by ${signal}`);
    resolve(code ?? 128);
  });
  return promise;
}
