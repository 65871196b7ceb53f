import { createActor, fromPromise, type ActorRefFrom, toPromise } from 'xstate';
import type { Catalog, CatalogRunbook } from '../catalog/catalog.js';
import type { Finding } from '../domain/finding.js';
import type { Flow } from '../domain/flow.js';
import type { Happening, JournalEvent } from '../domain/journal.js';
import type { Level } from '../domain/level.js';
import type { Ports, World } from '../domain/ports.js';
import { isStepNode } from '../domain/runbook.js';
import type { AnyStep } from '../domain/step.js';
import type { Verdict } from '../domain/verdict.js';
import { compile } from './compile.js';
import { type Limits, limitOf } from './limits.js';
import type { CurrentCheck, SessionLook } from './look.js';
import { prefetchable } from './prefetch.js';
import { preflight, type Ready } from './preflight.js';
import { foldWalk } from './resume.js';
import { createRunner, type Looked, type Runner, type Touch, type TouchOptions } from './run-step.js';
import { sessionMachine } from './session.js';
import type { Ended, Pace, RunRequest, WalkEvent } from './walk.js';

/** Where a session leaves what happened. The journal is one; a test keeps a list. */
export interface Keeper {
  /** Opens the record, once it is known what the session is about. */
  begin(ready: Ready): void;
  record(happening: Happening): void;
  /** Stores the proof of one run of a check. `id` is `NODE.RUN`. */
  proof(id: string, run: { request: RunRequest; looked: Looked }): void;
}

export interface SessionDeps {
  readonly catalog: Catalog;
  connect(signal: AbortSignal): Promise<World>;
  ports(step: AnyStep, world: World, options: TouchOptions): Ports;
  judge(input: { findings: Finding[]; ended: Ended | 'stopped'; ready: Ready }): Verdict;
  readonly keeper: Keeper;
  readonly asked: Flow;
  readonly symptom?: string | undefined;
  readonly level: Level;
  readonly pace: Pace;
  readonly limits: Limits;
  readonly signal: AbortSignal;
  /** What an earlier process wrote of this session: it goes on after the last line. */
  readonly earlier?: readonly JournalEvent[] | undefined;
}

export type WalkActor = ActorRefFrom<ReturnType<typeof compile>>;

const commandsOf = (request: RunRequest, touches: readonly Touch[]): Happening[] =>
  touches.flatMap(({ call, answer, durationMs }): Happening[] => {
    if (call.port === 'kube' || answer === undefined || !('argv' in (answer as object))) return [];
    const run = answer as { argv: readonly string[]; exitCode: number; stdout: string; stderr: string };
    const where = call.port === 'pod' ? `pod/${call.pod.namespace}/${call.pod.name}` : `node/${call.node}`;
    const exitCode = Number.isNaN(run.exitCode) ? null : run.exitCode;
    const bytes = run.stdout.length + run.stderr.length;
    return [{ type: 'command.ran', actor: 'tool', data: { node: request.node, run: request.run, where, argv: [...run.argv], exitCode, durationMs, bytes } }];
  });

/** One live session: its machine, the walk inside it, and the operator's way to talk to both. */
export const createSession = (deps: SessionDeps) => {
  const { catalog, keeper, limits, level } = deps;
  const listeners = new Set<() => void>();
  let seen: SessionLook | undefined;
  const changed = () => {
    seen = undefined;
    for (const listener of listeners) listener();
  };
  let world: World | undefined;
  let runner: Runner | undefined;
  let walk: WalkActor | undefined;
  let current: CurrentCheck | null = null;
  let settled: { flow: Flow; runbook: CatalogRunbook } | undefined;
  const startedAt = Date.now();
  const trail: Finding[] = deps.earlier?.flatMap((event) => (event.type === 'check.finished' ? [event.data] : [])) ?? [];

  const record = (happening: Happening) => {
    if (happening.type === 'check.finished') trail.push(happening.data);
    if (happening.type === 'check.started') current = { ...happening.data, startedAt: Date.now() };
    keeper.record(happening);
    changed();
  };

  const prepare = async (signal: AbortSignal): Promise<Ready> => {
    const connected = await deps.connect(signal);
    world = connected;
    const ready = await preflight(
      {
        world: connected,
        catalog,
        asked: deps.asked,
        symptom: deps.symptom,
        level,
        onSettled: (flow, runbook) => {
          settled = { flow, runbook };
          runner = createRunner({
            catalog, flow, level, limits, signal: deps.signal,
            now: () => connected.clock.now(), changed,
            ports: (step, options) => deps.ports(step, connected, options),
          });
          runner.prefetch(prefetchable(runbook, catalog.steps, level));
          changed();
        },
      },
      signal,
    );
    keeper.begin(ready);
    return ready;
  };

  const runAt = async (request: RunRequest, signal: AbortSignal): Promise<Finding> => {
    if (!runner || !world) throw new Error('a check was asked for before the session was ready');
    const looked = await runner.run(request, signal);
    const id = `${request.node}.${request.run}`;
    const durationMs = world.clock.mark?.(`check:${id}`, looked.durationMs) ?? looked.durationMs;
    if (!signal.aborted) {
      for (const command of commandsOf(request, looked.touches)) record(command);
      keeper.proof(id, { request, looked });
    }
    const stage = catalog.steps[request.check]?.step.stage ?? 'service';
    const { outcome, result, facts, reason } = looked;
    return {
      ...{ check: request.check, node: request.node, run: request.run, stage, outcome, result, facts },
      ...(reason ? { reason } : {}),
      evidence: looked.touches.length > 0 || looked.evidence !== undefined ? [id] : [],
      durationMs,
      by: 'auto',
    };
  };

  const walkThrough = async ({ runbook }: Ready, signal: AbortSignal): Promise<Ended> => {
    const stepOf = (id: string) => catalog.steps[id]?.step;
    const machine = compile(runbook, {
      stageOf: (id) => stepOf(id)?.stage ?? 'service',
      limitOf: (id) => limitOf(stepOf(id)?.cost ?? 0, limits),
    }).provide({ actors: { 'run step': fromPromise(({ input, signal: one }) => runAt(input as RunRequest, one)) } });
    const snapshot = deps.earlier && foldWalk(machine, deps.earlier, deps.pace);
    const actor = createActor(machine, { input: { pace: deps.pace }, ...(snapshot ? { snapshot } : {}) });
    walk = actor;
    actor.on('happened', ({ happening }) => record(happening));
    actor.subscribe({ next: changed, error: changed });
    signal.addEventListener('abort', () => actor.stop(), { once: true });
    actor.start();
    const { ended } = await toPromise(actor);
    return ended ?? { inconclusive: null };
  };

  const actor = createActor(
    sessionMachine.provide({
      actors: {
        preflight: fromPromise(({ signal }) => prepare(AbortSignal.any([signal, deps.signal]))),
        walk: fromPromise(({ input, signal }) => walkThrough(input as Ready, AbortSignal.any([signal, deps.signal]))),
        judge: fromPromise(async ({ input }) => {
          const { ready } = actor.getSnapshot().context;
          const verdict = deps.judge({ findings: [...trail], ended: input as Ended | 'stopped', ready: ready as Ready });
          record({ type: 'verdict', actor: 'tool', data: verdict });
          return verdict;
        }),
      },
    }),
  );
  actor.subscribe({ next: changed, error: changed });
  deps.signal.addEventListener('abort', () => actor.send({ type: 'STOP' }), { once: true });

  const cost = () => world?.cost() ?? { requests: 0, bytes: 0, commands: 0 };

  const look = (): SessionLook => {
    const session = actor.getSnapshot();
    const { context } = session;
    const state = walk?.getSnapshot();
    const walking = session.hasTag('walking') && state?.status === 'active';
    const node = walking ? (state.context.path.at(-1) ?? '') : '';
    const question = settled?.runbook.nodes[node];
    return {
      phase: (['preparing', 'walking', 'judged', 'over'] as const).find((tag) => session.hasTag(tag)) ?? 'over',
      flow: settled?.flow ?? deps.asked,
      runbook: settled?.runbook ?? null,
      trail: [...trail],
      flights: [...(runner?.flights.values() ?? [])],
      current: walking && !state.hasTag('asking') ? current : null,
      reviewing: walking && state.hasTag('reviewing'),
      asking: walking && state.hasTag('asking') && question && !isStepNode(question) ? { node, question } : null,
      paused: state?.context.paused ?? false,
      pace: state?.context.pace ?? deps.pace,
      canGoBack: walking && state.can({ type: 'BACK' }),
      verdict: context.verdict,
      failure: context.failure,
      cost: cost(),
      k8sVersion: context.ready?.k8sVersion ?? null,
      access: context.ready?.access ?? null,
      startedAt,
    };
  };

  return {
    actor,
    start: () => actor.start(),
    /** What the operator wants of the walk. Ignored where it makes no sense. */
    send: (event: WalkEvent) => walk?.send(event),
    stop: () => actor.send({ type: 'STOP' }),
    close: () => actor.send({ type: 'CLOSE' }),
    note: (text: string) => record({ type: 'note.added', actor: 'operator', data: { text } }),
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    get cost() {
      return cost();
    },
    /** The same object until something changes. */
    look: () => (seen ??= look()),
    /** A measurement of the session, which a replay takes from its recording. */
    measure: (name: string, value: number) => world?.clock.mark?.(name, value) ?? value,
    async release() {
      await world?.close();
    },
  };
};
export type Session = ReturnType<typeof createSession>;
