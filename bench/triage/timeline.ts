import { z } from 'zod';

/** As much of a line of the journal as tells when something happened. */
const Line = z.object({
  type: z.string(),
  mono_ms: z.number(),
  data: z.looseObject({ check: z.string().optional(), durationMs: z.number().optional() }),
});

/** What the walk waited for, in milliseconds. */
export interface Wait {
  what: string;
  ms: number;
  /** How long the check itself took; longer than the wait when it ran ahead of the walk. */
  ownMs?: number;
}

export interface Timeline {
  /** From the start of the process to the first finding. */
  firstFindingMs: number;
  /** In the order of the walk; together they are the whole run. */
  waits: Wait[];
}

/** Reads a journal: `mono_ms` counts from the start of the process. `totalMs` is what the clock outside showed. */
export function readTimeline(journal: string, totalMs: number): Timeline {
  const lines = journal
    .trim()
    .split('\n')
    .map((line) => Line.parse(JSON.parse(line)));
  const waits: Wait[] = [];
  let last = 0;
  const until = (ms: number, wait: Omit<Wait, 'ms'>) => {
    waits.push({ ...wait, ms: ms - last });
    last = ms;
  };
  for (const { type, mono_ms: at, data } of lines) {
    if (type === 'session.started') until(at, { what: 'start, connect, preflight' });
    if (type === 'check.finished') until(at, { what: data.check ?? '', ownMs: data.durationMs ?? 0 });
    if (type === 'verdict') until(at, { what: 'weigh' });
  }
  const first = lines.find(({ type }) => type === 'check.finished');
  until(totalMs, { what: 'seal, print, exit' });
  return { firstFindingMs: first?.mono_ms ?? Number.NaN, waits };
}
