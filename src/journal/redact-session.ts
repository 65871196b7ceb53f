import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from '../clean/mask.js';
import { createRedactor, type Profile, type Redactor, rulesDigest } from '../clean/redact.js';
import { canonicalJson } from '../domain/canonical.js';
import { type JournalEvent, journalEventSchema, type SessionHeader } from '../domain/journal.js';
import { evidenceFile, evidenceId, type Redaction, readRedactions, type StoredEvidence } from './bundle.js';
import { genesis, hashOf, sha256 } from './chain.js';
import { journalName } from './file.js';
import { bundleFiles } from './manifest.js';
import { readJournal } from './read.js';
import { namesOfSession } from './session-names.js';

/** The recording of a session, which can be hidden only by whoever knows its form. */
export interface Recording {
  /** All that it says, for the names in it. */
  readonly told: readonly unknown[];
  /** The files of the recording, by their path in its folder, with what must not be told hidden. */
  hidden(hide: Pick<Redactor, 'text' | 'value'>): ReadonlyMap<string, Uint8Array>;
}

export interface RedactOptions {
  readonly profile: Profile;
  /** One per bundle and kept nowhere: equal names get equal stand-ins in this bundle only. */
  readonly salt: Uint8Array;
  /** Absent: the recording stays behind. */
  readonly recording?: Recording | undefined;
}

/** A session as it may leave this machine. */
export interface RedactedSession {
  readonly events: readonly JournalEvent[];
  readonly evidence: readonly (StoredEvidence & { readonly text: string })[];
  /** Other text of the bundle, by its path. */
  readonly texts: readonly { readonly file: string; readonly text: string }[];
  /** Files of the recording, by their path in the bundle. */
  readonly recording: ReadonlyMap<string, Uint8Array>;
  readonly redactions: readonly Redaction[];
  /** What stays behind, because nobody can look through it: captures, broken lines, a damaged recording. */
  readonly leftOut: readonly string[];
}

const isMadeAgain = (file: string) =>
  file === journalName || /^(?:report\.[a-z]+|redactions\.json|manifest-sha256\.txt)$/.test(file);
const isEvidence = (file: string) => /^evidence\/[^/]+\.json$/.test(file);

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** Counts what one file, or one line of it, has cost. */
const tallied = (redactor: Redactor, redactions: Redaction[]) => {
  let before = redactor.counts();
  return (file: string, line?: number) => {
    const now = redactor.counts();
    for (const [rule, count] of Object.entries(now)) {
      const more = count - (before[rule] ?? 0);
      if (more > 0) redactions.push({ rule, file, ...(line !== undefined && { line }), count: more });
    }
    before = now;
  };
};

/** People are hidden in both profiles; a reader of the header still sees that two fields name the same one. */
const anonymous = (header: SessionHeader, { profile, salt }: RedactOptions): SessionHeader => {
  const alias = (user: string | null) => (user === null ? null : `user-${fingerprint(salt, user.toLowerCase(), 8)}`);
  const { os_user: os, k8s_user: k8s, as } = header.operator;
  return {
    ...header,
    operator: { os_user: alias(os) ?? '', k8s_user: alias(k8s), as: alias(as) },
    redaction: { profile, rules_sha256: rulesDigest(profile) },
  };
};

/** What was masked changes every hash, so the chain is made anew. */
const chained = (
  events: readonly JournalEvent[],
  redact: (event: JournalEvent, at: number) => JournalEvent['data'],
): JournalEvent[] => {
  let prev = genesis;
  return events.map((event, at) => {
    const { seq, ts, mono_ms, type, actor } = event;
    const body = { seq, ts, mono_ms, type, actor, data: redact(event, at), prev };
    const sealed = journalEventSchema.parse(JSON.parse(canonicalJson({ ...body, hash: hashOf(body) })));
    prev = sealed.hash;
    return sealed;
  });
};

interface Found {
  readonly file: string;
  readonly text: string;
}

const sorted = (folder: string) => {
  const files: Found[] = [];
  const leftOut: string[] = [];
  for (const { file, plain } of bundleFiles(folder)) {
    if (isMadeAgain(file)) continue;
    const bytes = plain && !file.startsWith('universe/') && !file.endsWith('.pcap') && readFileSync(join(folder, file));
    if (bytes && isUtf8(bytes) && !file.endsWith('.torn')) files.push({ file, text: bytes.toString('utf8') });
    else leftOut.push(file.startsWith('universe/') ? 'universe' : file);
  }
  return { files, leftOut: [...new Set(leftOut)] };
};

/**
 * Hides what must not be told to others in everything a session has kept. Nothing is written.
 *
 * @throws JournalProblem
 */
export const redactSession = (folder: string, options: RedactOptions): RedactedSession => {
  const { events } = readJournal(folder);
  const { files, leftOut } = sorted(folder);
  const { recording } = options;
  const names = namesOfSession(events, [...files.map(({ text }) => parsed(text)), ...(recording?.told ?? [])]);
  const redactor = createRedactor({ ...options, names, leaving: true });
  const redactions: Redaction[] = [...(readRedactions(folder) ?? [])];
  const tally = tallied(redactor, redactions);
  const clean = (text: string) => {
    const json = parsed(text);
    return json === undefined ? redactor.text(text) : `${JSON.stringify(redactor.value(json), null, 2)}\n`;
  };
  const told = chained(events, (event, at) => {
    const data = event.type === 'session.started' ? anonymous(event.data, options) : event.data;
    const hidden = redactor.value<unknown>(data) as JournalEvent['data'];
    tally(journalName, at + 1);
    return hidden;
  });
  const evidence = files
    .filter(({ file }) => isEvidence(file))
    .map(({ file, text }) => {
      const id = redactor.text(evidenceId(file));
      const hidden = clean(text);
      tally(evidenceFile(id));
      return { id, file: evidenceFile(id), sha256: sha256(hidden), text: hidden };
    });
  const texts = files
    .filter(({ file }) => !isEvidence(file))
    .map(({ file, text }) => {
      const hidden = { file: redactor.text(file), text: clean(text) };
      tally(hidden.file);
      return hidden;
    });
  const hidden = [...(recording?.hidden(redactor) ?? [])].map(([file, bytes]) => [`universe/${file}`, bytes] as const);
  tally('universe');
  const behind = leftOut.filter((file) => !recording || file !== 'universe');
  return { events: told, evidence, texts, recording: new Map(hidden), redactions, leftOut: behind };
};
