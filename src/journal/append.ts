import { appendFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { sanitiseJson } from '../clean/sanitise.js';
import { canonicalJson } from '../domain/canonical.js';
import { type Happening, type JournalEvent, journalEventSchema } from '../domain/journal.js';
import type { Clock } from '../domain/ports.js';
import { genesis, hashOf } from './chain.js';
import { type JournalFile, journalName, openFile } from './file.js';
import { type Self, takeLock } from './lock.js';
import { asProblem, JournalProblem } from './problem.js';
import { readJournal } from './read.js';

export interface JournalOptions {
  readonly clock: Clock;
  /** Milliseconds of a clock that never jumps; only differences mean something. */
  mono(): number;
  /** Masks secrets in plain JSON. Applied to everything an event says before it is hashed. */
  readonly redact: <T>(value: T) => T;
  readonly self: Self;
  /** Opens the file of the journal; the real disk where absent. */
  readonly disk?: typeof openFile;
}

export interface Journal {
  /** Everything that happened, also what an earlier process wrote. */
  readonly events: readonly JournalEvent[];
  readonly root: string;
  /** Bytes of a torn last line that were moved aside when the journal was opened. */
  readonly tornBytes: number;
  /** Why the disk does not hold everything; null while it does. */
  readonly problem: JournalProblem | null;
  /** True while events wait in memory. Each append tries again to write them. */
  readonly degraded: boolean;
  /** Returns once the event is on disk, or kept in memory where the disk refuses it. */
  append(happening: Happening): JournalEvent;
  close(): void;
}

interface Opened {
  readonly file: JournalFile | null;
  readonly events: readonly JournalEvent[];
  readonly root: string;
  readonly tornBytes: number;
  readonly problem: JournalProblem | null;
  letGo(): void;
}

const nothing = { events: [], root: genesis, tornBytes: 0 };

const keepTorn = (folder: string, torn: Buffer) =>
  appendFileSync(join(folder, `${journalName}.torn`), Buffer.concat([torn, Buffer.from('\n')]), { mode: 0o600 });

const openLocked = (folder: string, letGo: () => void, disk: typeof openFile): Opened => {
  const { events, root, goodBytes, torn } = existsSync(join(folder, journalName))
    ? readJournal(folder)
    : { ...nothing, goodBytes: 0, torn: null };
  if (torn) keepTorn(folder, torn);
  return { file: disk(folder, goodBytes), events, root, tornBytes: torn?.length ?? 0, problem: null, letGo };
};

const unopened = (problem: JournalProblem, known: Pick<Opened, 'events' | 'root'> = nothing): Opened => ({
  ...known,
  ...{ file: null, tornBytes: 0, problem, letGo: () => {} },
});

/** A folder that cannot be written can still hold a session to go on with. */
const readWhatIsThere = (folder: string) => {
  try {
    return readJournal(folder);
  } catch (error) {
    if (asProblem(error, folder).code === 'damaged') throw error;
    return nothing;
  }
};

const open = (folder: string, { self, disk = openFile }: JournalOptions): Opened => {
  let letGo = () => {};
  try {
    letGo = takeLock(folder, self);
    return openLocked(folder, letGo, disk);
  } catch (error) {
    letGo();
    const problem = asProblem(error, folder);
    if (problem.code === 'locked' || problem.code === 'damaged') throw problem;
    return unopened(problem, readWhatIsThere(folder));
  }
};

const journalOver = (opened: Opened, folder: string, options: JournalOptions): Journal => {
  const events = [...opened.events];
  let { problem, root } = opened;
  let waiting: string[] = [];

  const seal = ({ type, actor, data }: Happening): JournalEvent => {
    const stamp = { seq: events.length, ts: new Date(options.clock.now()).toISOString(), mono_ms: options.mono() };
    const body = { ...stamp, type, actor, data: options.redact(sanitiseJson<unknown>(data)), prev: root };
    return journalEventSchema.parse(JSON.parse(canonicalJson({ ...body, hash: hashOf(body) })));
  };

  const kept = () => ({ onDisk: events.length - waiting.length, total: events.length });

  const flush = () => {
    // A second writer has forked the chain: nothing of ours can follow what it wrote.
    if (!opened.file || problem?.code === 'locked') return;
    try {
      opened.file.write(waiting.join(''));
      waiting = [];
      problem = null;
    } catch (error) {
      const { code, detail } = asProblem(error, folder);
      problem = new JournalProblem(code, folder, detail);
    }
  };

  return {
    events,
    tornBytes: opened.tornBytes,
    get root() {
      return root;
    },
    get problem() {
      return problem && new JournalProblem(problem.code, problem.folder, { ...problem.detail, kept: kept() });
    },
    get degraded() {
      return problem !== null;
    },
    append(happening) {
      const event = seal(happening);
      events.push(event);
      root = event.hash;
      waiting.push(`${canonicalJson(event)}\n`);
      flush();
      return event;
    },
    close() {
      opened.file?.close();
      opened.letGo();
    },
  };
};

/**
 * Opens the journal of a session folder for appending, new or continued. A disk that cannot be written
 * does not stop the session: the journal goes on in memory, `degraded`.
 *
 * @throws JournalProblem `locked` while another process writes it, `damaged` where it cannot be continued
 */
export const openJournal = (folder: string, options: JournalOptions): Journal =>
  journalOver(open(folder, options), folder, options);

/** A journal without a disk, for a session whose folder could not be made. */
export const memoryJournal = (problem: JournalProblem, options: JournalOptions): Journal =>
  journalOver(unopened(problem), problem.folder, options);
