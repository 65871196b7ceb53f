import type { Catalog } from '../catalog/catalog.js';
import type { Finding } from '../domain/finding.js';
import type { Flow } from '../domain/flow.js';
import { flowWords } from '../domain/flow-words.js';
import type { Happening } from '../domain/journal.js';
import type { Clock, World } from '../domain/ports.js';
import type { Verdict } from '../domain/verdict.js';
import { chooseRunbook } from '../machines/choose-runbook.js';
import { createSession, type Session } from '../machines/drive.js';
import type { Ready } from '../machines/preflight.js';
import type { Ended } from '../machines/walk.js';
import { portsFor } from '../ports/step-ports.js';
import { consentQuestion } from '../ui/consent-question.js';
import { weigh } from '../verdict/weigh.js';
import { headerOf, type Target } from './header.js';
import type { Io } from './io.js';
import { keepProof, proofOf, record, type SessionFiles } from './keep-session.js';
import type { SessionOptions } from './options.js';

export interface Triage {
  readonly catalog: Catalog;
  readonly asked: Flow;
  readonly symptom?: string | undefined;
  readonly options: SessionOptions;
  readonly files: SessionFiles;
  readonly mode: 'live' | 'replay';
  connect(signal: AbortSignal): Promise<{ world: World; target: Target }>;
  readonly signal: AbortSignal;
  readonly locale: string;
}

const judge =
  (catalog: Catalog, context: string | null) =>
  (input: { findings: Finding[]; ended: Ended | 'stopped'; ready: Ready }): Verdict => {
    const { findings, ended, ready } = input;
    const conclusion = ended === 'stopped' || 'runbook' in ended ? undefined : ended;
    return weigh({
      findings,
      causes: catalog.causes,
      elimination: catalog.elimination,
      ...(conclusion ? { conclusion } : {}),
      stagesBuilt: [...new Set(Object.values(catalog.steps).map(({ step }) => step.stage))],
      flowWords: flowWords(ready.flow, context ?? undefined),
    });
  };

/** Every event gets its time under its number, so that a replay stamps the same events with the same times. */
const eventClock = ({ clock }: World, { earlier = [] }: SessionFiles): Clock => {
  let next = earlier.length;
  return {
    now: () => {
      const name = `event:${next}`;
      next += 1;
      return clock.mark?.(name, clock.now()) ?? clock.now();
    },
  };
};

const nowhere: Target = { context: null, cluster: null, apiHost: null, user: null, namespace: '' };

/** What is known of a session that ended before it could look: enough to list it and to go on with it. */
const unready = ({ asked, catalog, symptom }: Triage): Ready => ({
  ...{ flow: asked, runbook: chooseRunbook(asked, catalog.runbooks, symptom) },
  ...{ k8sVersion: null, access: { allowed: [], denied: [] }, pods: [] },
});

const consentFrom = ({ consent }: SessionOptions, catalog: Catalog) => ({
  consent,
  consentQuestion: (step: string) => consentQuestion(catalog, step),
});

export interface Opened {
  readonly session: Session;
  /** Writes the first line of the journal, where the session ended before it did so itself. */
  beginAnyway(): void;
}

/** Puts a session together from the parts a command has chosen: the world, the journal and the catalog. */
export const triage = (parts: Triage, io: Io): Opened => {
  const { catalog, asked, options, files, mode } = parts;
  let target: Target | undefined;
  let world: World | undefined;
  const startedAt = io.now();
  const begin = (ready: Ready) => {
    const journal = files.journal(world && eventClock(world, files));
    if (files.earlier) {
      journal.append({
        type: 'session.resumed',
        actor: 'system',
        data: { machine: ready.runbook.sha256, version: io.version },
      });
      return;
    }
    const header = headerOf(
      ready,
      {
        id: files.id,
        mode,
        asked,
        options,
        target: target ?? nowhere,
        startedAt: world?.clock.mark?.('session', startedAt) ?? startedAt,
        locale: parts.locale,
      },
      io,
    );
    journal.append({ type: 'session.started', actor: 'system', data: header });
  };
  const session = createSession({
    catalog,
    asked,
    symptom: parts.symptom,
    level: options.level,
    ...consentFrom(options, catalog),
    pace: options.pace,
    limits: { check: options.checkTimeout, deadline: options.deadline },
    signal: parts.signal,
    earlier: files.earlier,
    connect: async (signal) => {
      const connected = await parts.connect(signal);
      ({ target, world } = connected);
      return connected.world;
    },
    ports: (step, over, touch) => portsFor(step, over, touch),
    judge: (input) => judge(catalog, target?.context ?? null)(input),
    keeper: {
      begin,
      record: (happening: Happening) => void record(files, happening),
      proof: (id, run) => keepProof(files, id, proofOf(run)),
    },
  });
  return {
    session,
    beginAnyway: () => {
      if (files.journal(world && eventClock(world, files)).events.length === 0) begin(unready(parts));
    },
  };
};
