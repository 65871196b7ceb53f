import { z } from 'zod';
import type { CannotLook } from '../../../src/domain/cannot-look.js';
import type { Level } from '../../../src/domain/level.js';
import { type AnyQuery, defineQuery } from '../../../src/domain/query.js';
import type { ExecRequest } from '../../../src/ports/live/exec.js';
import type { ExecResult } from '../../../src/ports/live/exec-attempt.js';
import { createMeter } from '../../../src/ports/live/meter.js';
import { createPodPort } from '../../../src/ports/live/pod-port.js';
import { follow } from './imitation/shells.js';
import { never } from './imitation/target.js';

export const query = (name: string, tools: Record<string, (word: string) => string[]>, limit = 10): AnyQuery =>
  defineQuery({
    ...{ name, where: 'pod', level: 'probe', limit, args: z.strictObject({ word: z.string() }) },
    variants: Object.entries(tools).map(([tool, argv]) => ({ tool, argv: ({ word }) => argv(word) })),
    parse: ({ stdout }) => stdout,
  });

export const queries = {
  echo: query('echo', { 'no-such-printer': () => ['no-such-printer'], printf: (word) => ['printf', '%s', word] }),
  fails: query('fails', { sh: () => ['sh', '-c', 'echo broken >&2; exit 3'] }),
  hangs: query('hangs', { sleep: () => ['sleep', '60'] }, 1),
  floods: query('floods', { head: () => ['sh', '-c', 'yes cart | head -c 5000000'] }),
  reads: query('reads', { cat: (word) => ['cat', word] }),
  agent: defineQuery({
    ...{ name: 'agent', where: 'pod', level: 'node', limit: 5, args: z.strictObject({ word: z.string() }) },
    variants: [{ tool: 'printf', argv: ({ word }) => ['printf', '%s', word] }],
    parse: ({ stdout }) => stdout,
  }),
  missing: query('missing', { 'no-such-tool': () => ['no-such-tool'], 'nor-this-one': () => ['nor-this-one'] }),
};

export const result = (more: Partial<ExecResult>): ExecResult => ({
  ...{
    ended: 'status',
    exitCode: 0,
    message: '',
    stdout: Buffer.alloc(0),
    stderr: Buffer.alloc(0),
    durationMs: 5,
    ...more,
  },
});

/** A container that is this machine: what would travel through the API server runs in a shell here. */
export const local = async ({ argv, onStdout = () => {} }: ExecRequest) => {
  const { stdout, stderr, status } = await follow(['sh'], argv, onStdout);
  return result({ stdout, stderr, exitCode: status ?? Number.NaN });
};

export const podPort = (exec: (request: ExecRequest) => Promise<ExecResult>, level: Level = 'probe', agents = true) => {
  const execs: ExecRequest[] = [];
  const meter = createMeter();
  const pods = createPodPort({
    ...{ queries, meter, level: () => level, closing: never, patience: 40_000, agents },
    exec: (request) => {
      execs.push(request);
      return exec(request);
    },
    clean: { cleanText: (text) => text.replaceAll('secret', '***'), cleanJson: (value) => value },
    placeOf: async (pod) => ({ ...pod, container: pod.container ?? 'till' }),
  });
  const ask = (name: string, word = '', pod = 'cart', signal = never) =>
    pods.run({ port: 'pod', pod: { namespace: 'shop', name: pod }, query: name, args: { word } }, signal);
  return { ask, execs, meter };
};

export const refused = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as CannotLook,
  );
