import type { Finding } from '../domain/finding.js';
import type { Happening } from '../domain/journal.js';
import type { Run } from '../domain/query.js';
import type { Live } from './live.js';
import { placeOf, ranCommand } from './ran-command.js';
import type { Looked, Touch } from './run-step.js';
import type { RunRequest } from './walk-context.js';

const commandOf = ({ node, run }: RunRequest, { call, answer, durationMs }: Touch): Happening[] => {
  if (call.port === 'kube' || answer === undefined) return [];
  const { argv, exitCode, stdout, stderr } = answer as Run;
  const where = placeOf(call, answer as Run);
  const bytes = Buffer.byteLength(stdout) + Buffer.byteLength(stderr);
  const code = Number.isNaN(exitCode) ? null : exitCode;
  return [
    {
      type: 'command.ran',
      actor: 'tool',
      data: { node, run, where, argv: [...argv], exitCode: code, durationMs, bytes },
    },
  ];
};

const isOfLookAlike = ({ answer }: Touch) => (answer as Run | undefined)?.by === 'probe-pod';

const findingOf = (request: RunRequest, looked: Looked, { deps }: Live): Omit<Finding, 'durationMs'> => {
  const { outcome, result, facts, reason, touches, evidence } = looked;
  const { check, node, run } = request;
  return {
    ...{ check, node, run, outcome, result, facts },
    stage: deps.catalog.steps[check]?.step.stage ?? 'service',
    ...(reason ? { reason } : {}),
    ...(touches.some(isOfLookAlike) ? { lookAlike: true as const } : {}),
    evidence: touches.length > 0 || evidence !== undefined ? [`${node}.${run}`] : [],
    by: 'auto',
  };
};

/** Runs the check of one node, keeps its commands and its proof, and answers with the finding. */
export const runAt = async (live: Live, request: RunRequest, signal: AbortSignal): Promise<Finding> => {
  const { runner, world, deps } = live;
  if (!runner || !world) throw new Error('a check was asked for before the session was ready');
  const looking = runner.run(request, signal);
  live.runAhead?.(request.node);
  const looked = await looking;
  const id = `${request.node}.${request.run}`;
  const durationMs = world.clock.mark?.(`check:${id}`, looked.durationMs) ?? looked.durationMs;
  // Nobody waits for it any more: the walk has gone on, and its journal with it.
  if (!signal.aborted) {
    live.commands.push(...looked.touches.map((touch) => ranCommand(request, touch)));
    for (const touch of looked.touches) for (const command of commandOf(request, touch)) live.record(command);
    deps.keeper.proof(id, { request, looked });
  }
  return { ...findingOf(request, looked, live), durationMs };
};
