import { CannotLook } from '../../domain/cannot-look.js';
import type { TimeoutStyle } from './batch.js';
import { detectScript, scriptName } from './batch-script.js';
import type { Shell } from './shell.js';

/** What a place brings along. */
export interface Tools {
  /** False where there is not even a shell to ask; then every program has to be tried. */
  readonly known: boolean;
  readonly names: ReadonlySet<string>;
  /** Where the programs lie, as far as it is known. */
  readonly paths: ReadonlyMap<string, string>;
  /** Who runs them; absent where the place has no program that tells. */
  readonly user?: { readonly id: number; readonly name: string };
  readonly timeout?: TimeoutStyle;
  /** The batch script can run there. */
  readonly batch: boolean;
  /** Milliseconds that an exec there may take beside its programs. */
  readonly grace: number;
}

// What a limit inside the container may take longer than one on this side.
const usual = 5_000;

/** A node under load that took long to say what it has will take long again, and a batch starts more programs. */
export const graceAfter = (tookMs: number) => Math.max(usual, Math.ceil(4 * tookMs));

const without: Tools = { known: false, names: new Set(), paths: new Map(), batch: false, grace: usual };
const shortest = 15_000;
const codeOf = { timeout: 'timeout', cap: 'capped' } as const;

/** Reads what the detection script prints; `undefined` when it did not get to its end. */
export const readTools = (text: string, tookMs: number): Tools | undefined => {
  const lines = text.split('\n');
  if (!lines.includes('done')) return undefined;
  const word = (key: string) =>
    lines.filter((line) => line.startsWith(`${key} `)).map((line) => line.slice(key.length + 1));
  const style = word('timeout')[0];
  const paths = word('tool').map((line) => {
    const [name = '', ...path] = line.split(' ');
    return [name, path.join(' ')] as const;
  });
  const [, id, user = ''] = /^(\d+) ?(\S*)$/.exec(word('user')[0] ?? '') ?? [];
  return {
    known: true,
    names: new Set(paths.map(([name]) => name)),
    paths: new Map(paths),
    ...(id === undefined ? {} : { user: { id: Number(id), name: user } }),
    ...(style === 'kill' || style === 'plain' || style === 'dash-t' ? { timeout: style } : {}),
    batch: style !== undefined && lines.includes('batch'),
    grace: graceAfter(tookMs),
  };
};

interface Detection {
  readonly programs: readonly string[];
  /** Milliseconds that one request may take: where the operator expects slow answers, this is one of them. */
  readonly patience: number;
  readonly signal: AbortSignal;
}

/** Asks a place once which of the programs it has. Throws `CannotLook`, but not for a missing shell. */
export const detectTools = async (shell: Shell, { programs, patience, signal }: Detection): Promise<Tools> => {
  const argv = ['sh', '-c', detectScript, scriptName, ...programs];
  const deadline = Math.max(shortest, patience);
  try {
    const { stdout, ended, message, durationMs } = await shell.exec({ argv, deadline }, signal);
    const tools = readTools(stdout.toString('utf8'), durationMs);
    if (tools) return tools;
    throw new CannotLook(
      ended === 'timeout' || ended === 'cap' ? codeOf[ended] : 'lost',
      `It is not known which programs there are in ${shell.name} (${message || ended}).`,
    );
  } catch (error) {
    if (error instanceof CannotLook && error.code === 'tool-missing') return without;
    throw error;
  }
};
