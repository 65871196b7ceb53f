import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createRedactor, type Redactor, rulesDigest } from '../clean/redact.js';
import type { Happening, JournalEvent, SessionHeader } from '../domain/journal.js';
import type { Json } from '../domain/json.js';
import type { Clock } from '../domain/ports.js';
import { type Journal, memoryJournal, openJournal } from '../journal/append.js';
import { storeEvidence } from '../journal/bundle.js';
import { createSession, type SessionPlace } from '../journal/folder.js';
import { JournalProblem } from '../journal/problem.js';
import type { Looked } from '../machines/run-step.js';
import type { RunRequest } from '../machines/walk-context.js';
import type { Io } from './io.js';

export interface SessionFiles {
  /** Absent when the state folder cannot be written: the session lives in memory. */
  readonly place?: SessionPlace;
  readonly id: string;
  readonly redactor: Redactor;
  /** Opens the journal on first use, with the clock of the world it tells about. */
  journal(clock?: Clock): Journal;
  /** What an earlier process left, for a session that goes on. */
  readonly earlier?: readonly JournalEvent[] | undefined;
}

export interface KeepOptions {
  readonly stateDir: string;
  readonly destination: string;
  /** A session that goes on, instead of a new one. */
  readonly resume?: SessionPlace | undefined;
  /** Practice and replay keep apart from what really happened. */
  readonly id?: string | undefined;
}

const placeFor = ({ resume, stateDir, destination }: KeepOptions, now: number): SessionPlace | JournalProblem => {
  if (resume) return resume;
  try {
    return createSession(stateDir, { now, destination });
  } catch (error) {
    if (error instanceof JournalProblem) return error;
    throw error;
  }
};

/** A folder for the session, or, where none can be made, a session in memory that says so. */
export const keepSession = (options: KeepOptions, io: Pick<Io, 'now' | 'mono' | 'pid' | 'isAlive'>): SessionFiles => {
  const place = placeFor(options, io.now());
  // Stand-ins at capture would be asked for in the next request, and the cluster knows no such Pod.
  const redactor = createRedactor({ profile: 'default', salt: randomBytes(16) });
  const broken = place instanceof JournalProblem;
  let journal: Journal | undefined;
  const open = (clock: Clock = { now: io.now }): Journal => {
    const settings = { clock, mono: io.mono, redact: redactor.value, self: { pid: io.pid, isAlive: io.isAlive } };
    return broken ? memoryJournal(place, settings) : openJournal(place.folder, settings);
  };
  if (options.resume) journal = open();
  return {
    ...(broken ? {} : { place }),
    id: options.id ?? (broken ? 'unsaved' : place.id),
    redactor,
    journal: (clock) => (journal ??= open(clock)),
    ...(journal ? { earlier: [...journal.events] } : {}),
  };
};

/** For looking without a session: nothing is kept, and what is shown is masked all the same. */
export const unkept = (id: string): Pick<SessionFiles, 'id' | 'redactor'> => ({
  id,
  redactor: createRedactor({ profile: 'default', salt: randomBytes(16) }),
});

/** Raw outputs stay in the universe of the session; the evidence file names the calls that got them. */
export const proofOf = ({ request, looked }: { request: RunRequest; looked: Looked }): Json =>
  ({
    check: request.check,
    node: request.node,
    run: request.run,
    outcome: looked.outcome,
    evidence: looked.evidence ?? null,
    calls: looked.touches.map(({ call, answer, refused, durationMs }) => ({
      call,
      durationMs,
      ...(refused ? { refused: { code: refused.code, message: refused.message } } : {}),
      ...(call.port !== 'kube' && answer !== undefined ? { answer } : {}),
    })),
  }) as unknown as Json;

export const universeFolder = (place: SessionPlace) => join(place.folder, 'universe');

export const keepProof = (files: SessionFiles, id: string, value: Json) => {
  if (!files.place) return;
  try {
    storeEvidence(files.place.folder, { id, value }, files.redactor.value);
  } catch (error) {
    // The journal meets the same disk at its next line, and says what is kept.
    if (!(error instanceof JournalProblem)) throw error;
  }
};

export const record = (files: SessionFiles, happening: Happening) => files.journal().append(happening);

export const redactionOf = (profile: 'default' | 'strict'): SessionHeader['redaction'] => ({
  profile,
  rules_sha256: rulesDigest(profile),
});
