import type { Catalog } from '../catalog/catalog.js';
import type { Finding } from '../domain/finding.js';
import type { Flow } from '../domain/flow.js';
import type { Happening, JournalEvent } from '../domain/journal.js';
import type { Level } from '../domain/level.js';
import type { PodAccess } from '../domain/pod-access.js';
import type { Ports, World } from '../domain/ports.js';
import type { ResourceEvent } from '../domain/resource.js';
import type { AskNode } from '../domain/runbook.js';
import type { AnyStep } from '../domain/step.js';
import type { Verdict } from '../domain/verdict.js';
import type { Limits } from './limits.js';
import type { Ready } from './preflight.js';
import type { AskOperator } from './questions.js';
import type { Looked, TouchOptions } from './run-step.js';
import type { Ended, Pace, RunRequest } from './walk-context.js';

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
  /** `tell` is for what is put into the cluster on the way, `ask` for what only the operator can decide there. */
  connect(signal: AbortSignal, tell: (event: ResourceEvent) => void, ask: AskOperator): Promise<World>;
  ports(step: AnyStep, world: World, options: TouchOptions): Ports;
  judge(
    input: { findings: Finding[]; ended: Ended | 'stopped'; ready: Ready },
    signal: AbortSignal,
  ): Verdict | Promise<Verdict>;
  readonly keeper: Keeper;
  readonly asked: Flow;
  readonly symptom?: string | undefined;
  readonly level: Level;
  /** The ways into a Pod that this session may take; exec alone where absent. */
  readonly ways?: readonly PodAccess[] | undefined;
  readonly pace: Pace;
  /** Checks that the start of the session has said yes to, beyond what the level covers. */
  readonly consent?: readonly string[] | undefined;
  /** Asks for the others, with the answers "yes" and "no". */
  consentQuestion(step: string): Pick<AskNode, 'ask' | 'answers'>;
  /** Checks that add to the story whatever the tree finds: they run once it has ended. */
  readonly aside?: readonly string[] | undefined;
  readonly limits: Limits;
  readonly signal: AbortSignal;
  /** What an earlier process wrote of this session: it goes on after the last line. */
  readonly earlier?: readonly JournalEvent[] | undefined;
}
