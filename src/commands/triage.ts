import type { Catalog } from '../catalog/catalog.js';
import type { Flow } from '../domain/flow.js';
import type { EventData, Happening } from '../domain/journal.js';
import { waysOpen } from '../domain/pod-access.js';
import type { World } from '../domain/ports.js';
import type { ResourceEvent } from '../domain/resource.js';
import { chooseRunbook } from '../machines/choose-runbook.js';
import { createSession, type Session } from '../machines/drive.js';
import { recordSecondsOf } from '../machines/limits.js';
import type { Ready } from '../machines/preflight.js';
import type { AskOperator } from '../machines/questions.js';
import { portsFor } from '../ports/step-ports.js';
import { consentQuestion } from '../ui/consent-question.js';
import { recordingChecks } from './capture-consent.js';
import { headerOf, type Target } from './header.js';
import type { Io } from './io.js';
import { journalOrder } from './journal-order.js';
import { judge } from './judge.js';
import { keepProof, proofOf, type SessionFiles } from './keep-session.js';
import { type SessionOptions, sinceOf } from './options.js';
import { rememberAnswers } from './thrifty-asker.js';

export interface Triage {
  readonly catalog: Catalog;
  readonly asked: Flow;
  readonly symptom?: string | undefined;
  /** What was settled before the session began, for its journal. */
  readonly answers?: readonly EventData<'intake.answered'>[] | undefined;
  readonly options: SessionOptions;
  readonly files: SessionFiles;
  readonly mode: 'live' | 'replay';
  connect(
    signal: AbortSignal,
    onResource: (event: ResourceEvent) => void,
    ask: AskOperator,
  ): Promise<{ world: World; target: Target; tidy?: () => Promise<void> }>;
  readonly signal: AbortSignal;
  readonly locale: string;
}

const nowhere: Target = { context: null, cluster: null, apiHost: null, user: null, namespace: '' };

/** What is known of a session that ended before it could look: enough to list it and to go on with it. */
const unready = ({ asked, catalog, symptom }: Triage): Ready => ({
  ...{ flow: asked, runbook: chooseRunbook(asked, catalog.runbooks, symptom) },
  ...{ k8sVersion: null, access: { allowed: [], denied: [] }, pods: [] },
});

/** Who says how long to record has said yes to recording. */
const consentFrom = ({ consent, record }: SessionOptions, catalog: Catalog) => ({
  consent: record === undefined ? consent : [...consent, ...recordingChecks(catalog)],
  consentQuestion: (step: string) => consentQuestion(catalog, step, recordSecondsOf({ record })),
});

export interface Opened {
  readonly session: Session;
  /** What the session looks at; absent before it has connected. */
  world(): World | undefined;
  /** Writes the first line of the journal, where the session ended before it did so itself. */
  beginAnyway(): void;
  /** Removes what was put into the cluster. Before the last line of the journal, which would else not tell of it. */
  tidy(): Promise<void>;
}

const sinceAnswer = (since: number | undefined): EventData<'intake.answered'>[] =>
  since === undefined ? [] : [{ question: 'since', answer: new Date(since).toISOString(), source: 'flag' }];

interface Started {
  readonly target: Target;
  readonly world: World | undefined;
  readonly startedAt: number;
}

const firstEvent = (ready: Ready, { parts, io }: { parts: Triage; io: Io }, started: Started): Happening => {
  const { target, world, startedAt } = started;
  const { asked, options, files, mode, locale } = parts;
  if (files.earlier) {
    const data = { machine: ready.runbook.sha256, version: io.version };
    return { type: 'session.resumed', actor: 'system', data };
  }
  const began = world?.clock.mark?.('session', startedAt) ?? startedAt;
  const about = { id: files.id, mode, asked, options, target, startedAt: began, locale };
  return { type: 'session.started', actor: 'system', data: headerOf(ready, about, io) };
};

/** Puts a session together from the parts a command has chosen: the world, the journal and the catalog. */
export const triage = (parts: Triage, io: Io): Opened => {
  const { catalog, asked, options, files } = parts;
  let target: Target | undefined;
  let world: World | undefined;
  let tidy = async () => {};
  const seen = new Map<string, unknown>();
  const order = journalOrder(files);
  const startedAt = io.now();
  const since = sinceOf(options, startedAt);
  for (const data of files.earlier ? [] : [...(parts.answers ?? []), ...sinceAnswer(since)])
    order.record({ type: 'intake.answered', actor: data.source === 'detected' ? 'tool' : 'operator', data });
  const open = () => files.journal(world && order.clock(world));
  const begin = (ready: Ready) => {
    open().append(firstEvent(ready, { parts, io }, { target: target ?? nowhere, world, startedAt }));
    order.begin();
  };
  const session = createSession({
    catalog,
    asked,
    symptom: parts.symptom,
    // Whoever says since when wants to know what came before.
    aside: since === undefined ? [] : ['nothing-changed-before-the-trouble'],
    level: options.level,
    ...consentFrom(options, catalog),
    ways: waysOpen(options.podAccess, options.probeImage),
    pace: options.pace,
    limits: { check: options.checkTimeout, deadline: options.deadline, record: options.record },
    signal: parts.signal,
    earlier: files.earlier,
    connect: async (signal, tell, ask) => {
      const connected = await parts.connect(signal, tell, ask);
      ({ target, world, tidy = tidy } = connected);
      return connected.world;
    },
    ports: (step, over, touch) => portsFor(step, over, { ...touch, since }),
    judge: (input, signal) => judge(input, { catalog, context: target?.context ?? null, world, seen, signal }),
    keeper: {
      begin,
      record: order.record,
      proof: (id, run) => {
        rememberAnswers(seen, run.looked.touches);
        keepProof(files, id, proofOf(run));
      },
    },
  });
  return {
    session,
    world: () => world,
    beginAnyway: () => {
      if (open().events.length === 0) begin(unready(parts));
    },
    tidy: async () => {
      await tidy();
      // What was told before a first line that was never written still belongs into the journal.
      order.begin();
    },
  };
};
