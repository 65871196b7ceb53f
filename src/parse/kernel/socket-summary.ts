import { z } from 'zod';

export const socketSummarySchema = z.strictObject({
  total: z.int(),
  established: z.int(),
  orphaned: z.int(),
  timeWait: z.int(),
});
export type SocketSummary = z.infer<typeof socketSummarySchema>;

/** `ss -s`. Undefined where it says something else. */
export const parseSocketSummary = (text: string): SocketSummary | undefined => {
  const [, total] = /^Total: (\d{1,9})\b/m.exec(text) ?? [];
  // "TCP:   379 (estab 7, closed 367, orphaned 0, timewait 2)"
  const [, tcp] = /^TCP:\s+\d{1,9} \((.{1,200})\)/m.exec(text) ?? [];
  if (total === undefined || tcp === undefined) return undefined;
  const count = (word: string) => Number(new RegExp(`\\b${word} (\\d{1,9})`).exec(tcp)?.[1] ?? 0);
  return {
    total: Number(total),
    established: count('estab'),
    orphaned: count('orphaned'),
    timeWait: count('timewait'),
  };
};
