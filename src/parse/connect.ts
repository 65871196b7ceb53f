import { z } from 'zod';
import { connectClass, connectClasses } from './connect-class.js';
import { readTries } from './tries.js';

const trySchema = z.strictObject({ class: z.enum(connectClasses), ms: z.number().optional(), message: z.string() });

/** What a series of connects came to. `of` counts the tries whose answer was understood; `unread` the others. */
export const connectFactsSchema = z.strictObject({
  tool: z.string(),
  tries: z.array(trySchema),
  open: z.int(),
  failed: z.int(),
  of: z.int(),
  unread: z.int(),
  /** How often each class of failure was seen. */
  classes: z.record(z.string(), z.int()),
});
export type ConnectFacts = z.infer<typeof connectFactsSchema>;

export const countBy = <T>(items: readonly T[], word: (item: T) => string): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const item of items) counts[word(item)] = (counts[word(item)] ?? 0) + 1;
  return counts;
};

export const parseConnect = (stdout: string, tool: string): ConnectFacts => {
  const tries = readTries(stdout).map(({ exitCode, ms, message }) => {
    const spoken = connectClass(exitCode, message);
    // curl keeps a connection it opened until its time is up: then the duration is that of the wait.
    const timed = ms !== undefined && (spoken !== 'open' || exitCode === 0);
    return { class: spoken, ...(timed ? { ms } : {}), message };
  });
  const understood = tries.filter((one) => one.class !== 'other');
  const failures = understood.filter((one) => one.class !== 'open');
  return {
    tool,
    tries,
    open: understood.length - failures.length,
    failed: failures.length,
    of: understood.length,
    unread: tries.length - understood.length,
    classes: countBy(failures, (one) => one.class),
  };
};

const outcomeOf = {
  refused: 'refused',
  timeout: 'times-out',
  reset: 'resets',
  'no-route': 'unreachable',
  'net-unreachable': 'unreachable',
  prohibited: 'unreachable',
  'no-local-port': 'unreachable',
} as const;
export type ConnectOutcome = 'answers' | 'some-fail' | (typeof outcomeOf)[keyof typeof outcomeOf];

/** The word for a whole series: the most frequent failure where all tries failed. */
export const connectOutcome = ({
  failed,
  of,
  classes,
}: Pick<ConnectFacts, 'failed' | 'of' | 'classes'>): ConnectOutcome => {
  if (failed === 0) return 'answers';
  if (failed < of) return 'some-fail';
  // A firewall that rejects answers only a few of a burst (icmp_ratelimit); the rest look like silence.
  if (classes.refused) return 'refused';
  const [most] = Object.entries(classes).toSorted(([, a], [, b]) => b - a)[0] ?? [];
  return outcomeOf[most as keyof typeof outcomeOf] ?? 'unreachable';
};

/** The counts of several series in one. */
export const addUp = (counts: readonly Record<string, number>[]): Record<string, number> => {
  const sum: Record<string, number> = {};
  for (const [word, count] of counts.flatMap(Object.entries<number>)) sum[word] = (sum[word] ?? 0) + count;
  return sum;
};
