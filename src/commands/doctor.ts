import { CannotLook } from '../domain/cannot-look.js';
import { openBare } from './bare-world.js';
import { flagsOf } from './connect.js';
import { isForOperator } from './failure.js';
import { exitCodes, type Io, say } from './io.js';
import { type Common, commonSchema, readOptions } from './options.js';
import { stateDirOf } from './settings.js';

interface Diagnosis {
  readonly what: string;
  readonly ok: boolean;
  readonly text: string;
}

const terminal = (io: Io): Diagnosis => {
  const size = io.stdout.columns && io.stdout.rows ? `${io.stdout.columns}x${io.stdout.rows}` : 'no size';
  const screen = io.stdin.isTTY && io.stdout.isTTY;
  return {
    what: 'terminal',
    ok: true,
    text: screen ? `${size}, TERM=${io.env.TERM ?? ''}` : 'none: output goes line by line',
  };
};

const program = (io: Io): Diagnosis => ({ what: 'program', ok: true, text: `${io.version}, Node ${io.nodeVersion}` });

const attempt = async (what: string, look: () => Promise<string>): Promise<Diagnosis> => {
  try {
    return { what, ok: true, text: await look() };
  } catch (error) {
    if (!isForOperator(error)) throw error;
    return { what, ok: false, text: error.message };
  }
};

const stateFolder = async (options: Common, io: Io) => {
  const { mkdirSync, accessSync, constants } = await import('node:fs');
  const folder = `${stateDirOf(options, io)}/net-triage`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
    return folder;
  } catch (error) {
    throw new CannotLook(
      'lost',
      `${folder}: ${(error as Error).message}. Sessions would live in memory only; use --state-dir.`,
    );
  }
};

const cluster = async (options: Common, io: Io): Promise<Diagnosis[]> => {
  const { loadTarget } = await import('../ports/live/kubeconfig.js');
  const around = { env: io.env, home: io.home };
  const config = await attempt('kubeconfig', async () => {
    const target = await loadTarget(flagsOf(options), around);
    return `context ${target.context ?? '-'}, namespace ${target.namespace}, ${target.server.href}`;
  });
  if (!config.ok) return [config];
  const api = await attempt('API server', () => askVersion(options, io));
  return [config, api];
};

const askVersion = async (options: Common, io: Io) => {
  const live = await openBare(options, io, { name: 'doctor' });
  const startedAt = io.mono();
  try {
    const { gitVersion } = await live.ask({ port: 'kube', verb: 'version' }, new AbortController().signal);
    await live.ask({ port: 'kube', verb: 'rules', namespace: live.target.namespace }, new AbortController().signal);
    return `${gitVersion}, as ${live.target.as ?? live.target.user ?? '-'}, answered in ${Math.round(io.mono() - startedAt)} ms`;
  } finally {
    await live.close();
  }
};

/** Terminal, kubeconfig, API server and state folder: what works, and one sentence for what does not. */
export const doctor = async (raw: Record<string, unknown>, io: Io): Promise<number> => {
  const options = readOptions(commonSchema, raw);
  const all = [
    program(io),
    terminal(io),
    await attempt('state', () => stateFolder(options, io)),
    ...(await cluster(options, io)),
  ];
  await say(io.stdout, all.map(({ what, ok, text }) => `${ok ? '+' : 'x'} ${what.padEnd(11)} ${text}`).join('\n'));
  return all.every(({ ok }) => ok) ? exitCodes.done : exitCodes.access;
};
