import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { JournalEvent } from '../domain/journal.js';
import { eventIn, genesis } from './chain.js';
import { journalName } from './file.js';
import { asProblem, JournalProblem } from './problem.js';

interface Place {
  readonly offset: number;
  readonly seq: number;
  readonly root: string;
}

export const beginning: Place = { offset: 0, seq: 0, root: genesis };

const bytesAfter = (folder: string, offset: number): Buffer => {
  const fd = openSync(join(folder, journalName), 'r');
  try {
    const bytes = Buffer.alloc(Math.max(0, fstatSync(fd).size - offset));
    return bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, offset));
  } finally {
    closeSync(fd);
  }
};

/**
 * What was written to a journal since it was last looked at; a line that is still being written comes the next time.
 * Only reads: whoever follows a session takes no lock and can never be in its way.
 *
 * @throws JournalProblem `damaged` where a line does not continue the one before it
 */
export const newEvents = (folder: string, from: Place): { events: JournalEvent[]; place: Place } => {
  const events: JournalEvent[] = [];
  let { offset, seq, root } = from;
  try {
    const bytes = bytesAfter(folder, offset);
    for (let start = 0, end = bytes.indexOf(0x0a); end >= 0; start = end + 1, end = bytes.indexOf(0x0a, start)) {
      const found = eventIn(bytes.subarray(start, end), { seq, prev: root, comesLater: () => false });
      if ('why' in found)
        throw new JournalProblem('damaged', folder, { because: `line ${seq + 1}: ${found.detail}`, line: seq + 1 });
      events.push(found);
      ({ hash: root } = found);
      seq += 1;
      offset = from.offset + end + 1;
    }
  } catch (error) {
    throw asProblem(error, folder);
  }
  return { events, place: { offset, seq, root } };
};

export interface FollowOptions {
  readonly signal: AbortSignal;
  readonly everyMs: number;
  /** Whether somebody may still write. Asked before each look, so that the last lines are seen. */
  isWritten(): boolean;
}

/** Hands out events as they are written, until the session has ended, its writer has gone, or nobody wants to see more. */
export async function* followJournal(folder: string, options: FollowOptions): AsyncGenerator<JournalEvent> {
  let place = beginning;
  for (;;) {
    const goesOn = options.isWritten();
    const found = newEvents(folder, place);
    ({ place } = found);
    yield* found.events;
    if (!goesOn || options.signal.aborted || found.events.at(-1)?.type === 'session.ended') return;
    // Being told to stop is how this normally ends.
    await wait(options.everyMs, undefined, { signal: options.signal }).catch(() => {});
  }
}
