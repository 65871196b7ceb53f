import type { Catalog } from '../catalog/catalog.js';
import type { Finding } from '../domain/finding.js';
import type { Flow } from '../domain/flow.js';
import type { World } from '../domain/ports.js';
import { createRunner } from '../machines/run-step.js';
import { portsFor } from '../ports/step-ports.js';
import { connectLive, connectUniverse } from './connect.js';
import { tellBeforehand, toldOnStderr } from './consent.js';
import type { Io } from './io.js';
import { unkept } from './keep-session.js';
import { type SessionOptions, sinceOf } from './options.js';

export interface CheckOptions {
  readonly catalog: Catalog;
  readonly flow: Flow;
  readonly options: SessionOptions;
}

interface RunnerOptions extends Pick<CheckOptions, 'catalog' | 'flow'> {
  readonly options: Pick<SessionOptions, 'level' | 'checkTimeout' | 'since'>;
  readonly signal: AbortSignal;
}

/** Checks of one flow without a tree: each by its name, as often as somebody asks. */
export interface Checks {
  /** All of them at once. What an earlier run was told does not count where `fresh`. */
  look(ids: readonly string[], about?: { readonly run: number; readonly fresh: boolean }): Promise<Finding[]>;
  close(): Promise<void>;
}

const worldFor = async (options: SessionOptions, io: Io) => {
  if (options.universe !== undefined) return (await connectUniverse(options.universe)).world;
  const files = unkept('check');
  await tellBeforehand(options, io);
  const onResource = toldOnStderr(options, io);
  const asking = { io, interactive: io.stdin.isTTY === true, onProblem: () => {}, onResource };
  return (await connectLive(options, files, asking)).world;
};

/** Runs checks of one flow in a world, each by itself. */
export const checkRunner = (world: World, { catalog, flow, options, signal }: RunnerOptions) =>
  createRunner({
    ...{ catalog, flow, signal, level: options.level, limits: { check: options.checkTimeout } },
    ports: (step, touch) => portsFor(step, world, { ...touch, since: sinceOf(options, world.clock.now()) }),
    now: () => world.clock.now(),
  });

/** Connects, and makes ready to look. Nothing is kept. */
export const openChecks = async (asked: CheckOptions & RunnerOptions, io: Io): Promise<Checks> => {
  const { catalog, options, signal } = asked;
  const world = await worldFor(options, io);
  const runner = checkRunner(world, asked);
  const one = async (id: string, { run, fresh }: { run: number; fresh: boolean }): Promise<Finding> => {
    const request = { node: id, check: id, run, fresh, consented: options.consent.includes(id) };
    const { outcome, result, facts, reason, durationMs } = await runner.run(request, signal);
    return {
      ...{ check: id, node: id, run, outcome, result, facts, durationMs },
      stage: catalog.steps[id]?.step.stage ?? 'service',
      ...(reason ? { reason } : {}),
      evidence: [],
      by: 'auto',
    };
  };
  return {
    look: (ids, about = { run: 1, fresh: false }) => Promise.all(ids.map((id) => one(id, about))),
    close: () => world.close(),
  };
};
