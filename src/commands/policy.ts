import type { Io } from './io.js';
import { UsageProblem } from './io.js';
import { type PolicyOptions, readPolicyOptions } from './policy/options.js';

type Run = (options: PolicyOptions, io: Io) => Promise<number>;

const actions = new Map<string, () => Promise<Run>>([
  ['eval', async () => (await import('./policy/eval.js')).evalPolicy],
  ['explain', async () => (await import('./policy/eval.js')).explainPolicy],
  ['matrix', async () => (await import('./policy/matrix.js')).matrixPolicy],
  ['diff', async () => (await import('./policy/diff.js')).diffPolicy],
]);

/** `policy eval|matrix|explain|diff`: what the policies in some files, or in a cluster, allow. */
export const policy = async (
  raw: Record<string, unknown>,
  io: Io,
  [action = '']: readonly string[],
): Promise<number> => {
  const load = actions.get(action);
  if (!load) throw new UsageProblem(`policy ${action}: write ${[...actions.keys()].join(', ')}.`.replace('  ', ' '));
  const run = await load();
  return run(readPolicyOptions(raw, io), io);
};
