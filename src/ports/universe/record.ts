import { CannotLook } from '../../domain/cannot-look.js';
import { canonicalJson } from '../../domain/canonical.js';
import { type AnswerTo, type AskOptions, type Call, type Cost, noCost, type World } from '../../domain/ports.js';
import { callKey, sha256 } from '../canonical.js';
import { encodeAnswer } from './answer.js';
import { caps } from './caps.js';
import type { Index } from './index-file.js';
import { targetOf, type UniverseHeader, type UniverseLine, universeSchema } from './line.js';
import { UniverseProblem } from './problem.js';
import { type Entry, openWriter, type UniverseWriter } from './writer.js';

export interface RecordOptions {
  readonly folder: string;
  readonly about: Omit<UniverseHeader, 'schema'>;
  /** In bytes; absent: as much as can be opened again. */
  readonly limit?: number | undefined;
  /** Told once when the disk fails. The session goes on, without a recording from there. */
  onProblem?(problem: UniverseProblem): void;
}

type Ending = Pick<UniverseLine, 'sha256' | 'refused' | 'bytes'> & Pick<Entry, 'blob'>;

/**
 * Writes every call and what came of it into a folder that `openUniverse` answers from. It belongs below
 * every cache. An answer is handed on when the operating system has it, so that killing this process loses
 * none; the disk is synced behind it, and by closing.
 *
 * @throws UniverseProblem when the folder cannot be written or holds something else
 */
export const recorded = async (world: World, options: RecordOptions): Promise<World> => {
  const writer = await openWriter(options.folder, { schema: universeSchema, ...options.about });
  const { keep, finish } = keeper(writer, options);
  const begin = scribe(world, writer.before);

  return {
    async ask<C extends Call>(call: C, signal: AbortSignal, options?: AskOptions): Promise<AnswerTo<C>> {
      const end = begin(call);
      try {
        const answer = await world.ask(call, signal, options);
        const blob = encodeAnswer(answer);
        keep(end({ blob, sha256: sha256(blob), bytes: blob.length }));
        return answer;
      } catch (error) {
        const refused = refusal(error, signal);
        if (refused) keep(end({ refused, bytes: 0 }));
        throw error;
      }
    },
    clock: {
      now: () => world.clock.now(),
      mark(name, value) {
        keep({ line: { port: 'clock', mark: name, value } });
        return value;
      },
    },
    cost: () => world.cost(),
    async close() {
      try {
        await world.close();
      } finally {
        await finish();
      }
    },
  };
};

const keeper = (writer: UniverseWriter, { folder, limit, onProblem }: RecordOptions) => {
  const holds = roomIn(writer.before, limit);
  let failed = false;
  let told = false;
  const tell = (problem: unknown) => {
    if (!told) onProblem?.(problem as UniverseProblem);
    told = true;
  };
  const fail = (problem: unknown) => {
    tell(problem);
    failed = true;
  };
  const write = (entry: Entry) => {
    const fits = holds('bytes' in entry.line ? entry.line.bytes : 0);
    if (!fits) tell(new UniverseProblem(folder, 'is full: what follows is recorded as not kept'));
    writer.write(fits ? entry : withoutRoom(entry));
  };
  return {
    keep(entry: Entry) {
      if (failed) return;
      try {
        write(entry);
      } catch (problem) {
        fail(problem);
      }
    },
    finish: () => writer.close().catch(fail),
  };
};

/** A call whose answer was too much. Without it a replay would give the answer before, as if nothing had changed. */
const withoutRoom = ({ line }: Entry): Entry => {
  if (!('sha256' in line)) return { line };
  const { sha256: _, ...rest } = line;
  return {
    line: { ...rest, refused: { code: 'capped', message: 'The recording had no room for the answer.' }, bytes: 0 },
  };
};

/** Begins a line when a call is made and ends it when its answer comes. */
const scribe = (world: World, { header, lines }: Index) => {
  const start = Date.parse(header.startedAt);
  const spentBefore = greatestCost(lines);
  const times = new Map<string, number>();
  const count = (key: string) => {
    const n = (times.get(key) ?? 0) + 1;
    times.set(key, n);
    return n;
  };
  for (const { call } of lines) count(canonicalJson(call));

  return (call: Call) => {
    const key = callKey(call);
    const n = count(key);
    const askedAt = world.clock.now();
    return ({ blob, ...ending }: Ending): Entry => {
      const now = world.clock.now();
      // The clock of a machine can be set back while a session runs.
      const time = { atMs: Math.max(0, now - start), durationMs: Math.max(0, now - askedAt) };
      const asked = { port: call.port, target: targetOf(call), call: JSON.parse(key), n };
      return { line: { ...asked, ...ending, ...time, spent: sum(spentBefore, world.cost()) }, blob };
    };
  };
};

/** A recording that nobody could open again is worse than one that says where it ends. */
const roomIn = ({ lines, intact }: Index, limit: number = caps.whole) => {
  let size = lines.reduce((sum, line) => sum + line.bytes, intact);
  return (bytes: number) => {
    const fits = bytes <= caps.blob && size + bytes <= limit;
    if (fits) size += bytes;
    return fits;
  };
};

/** Who gave up waiting got no answer; a replay has to give none either. */
const refusal = (error: unknown, signal: AbortSignal): UniverseLine['refused'] => {
  if (error instanceof CannotLook) {
    const { code, message, missing } = error;
    return { code, message, ...(missing && { missing }) };
  }
  return signal.aborted ? { code: 'timeout', message: 'The call was given up before the answer came.' } : undefined;
};

const sum = (a: Cost, b: Cost): Cost => ({
  requests: a.requests + b.requests,
  bytes: a.bytes + b.bytes,
  commands: a.commands + b.commands,
});

/** Costs only grow, so the greatest of each is the last one, in whatever order the lines are looked at. */
export const greatestCost = (lines: Iterable<Pick<UniverseLine, 'spent'>>): Cost => {
  let most = noCost;
  for (const { spent } of lines)
    most = {
      requests: Math.max(most.requests, spent.requests),
      bytes: Math.max(most.bytes, spent.bytes),
      commands: Math.max(most.commands, spent.commands),
    };
  return most;
};
