import { z } from 'zod';
import { connectClass, connectClasses } from './connect-class.js';
import { readResent } from './late.js';
import { readTries, type SpokenTry } from './tries.js';

const trySchema = z.strictObject({ class: z.enum(connectClasses), ms: z.number().optional(), message: z.string() });

/** What a series of connects came to. `of` counts the tries whose answer was understood; `unread` the others. */
export const connectFactsSchema = z.strictObject({
  tool: z.string(),
  tries: z.array(trySchema),
  open: z.int(),
  failed: z.int(),
  of: z.int(),
  unread: z.int(),
  /** First packets that the kernel sent again meanwhile; absent where nobody counted them. */
  resent: z.int().optional(),
  /** Asked again, nothing was late any more: what was late is no habit of the network. */
  onceLate: z.literal(true).optional(),
  /** How often each class of failure was seen. */
  classes: z.record(z.string(), z.int()),
});
export type ConnectFacts = z.infer<typeof connectFactsSchema>;

export const countBy = <T>(items: readonly T[], word: (item: T) => string): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const item of items) counts[word(item)] = (counts[word(item)] ?? 0) + 1;
  return counts;
};

type Try = z.infer<typeof trySchema>;

/** The tries of one program, counted. */
export const seriesOf = (tool: string, tries: Try[]): ConnectFacts => {
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

// "… * Connected to 10.77.0.2 (10.77.0.2) port 8080 (#0) looked-up=0.000040 connected=1.013542"
const curlTimes = /looked-up=([\d.]+) connected=([\d.]+)/;

/** What the connect itself took, without the name before it; only curl tells. */
const connectTime = (message: string): number | undefined => {
  const [, before = '', after = ''] = curlTimes.exec(message) ?? [];
  const ms = Math.round((Number(after) - Number(before)) * 1000);
  return after !== '' && ms >= 0 ? ms : undefined;
};

/** What became of one connect, by the words of its client. */
export const readConnect = ({ exitCode, ms, message }: SpokenTry): Try => {
  const spoken = connectClass(exitCode, message);
  // curl keeps a connection it opened until its time is up: then the duration is that of the wait.
  const timed = spoken !== 'open' || exitCode === 0 ? ms : undefined;
  const took = spoken === 'open' ? (connectTime(message) ?? timed) : timed;
  return { class: spoken, ...(took === undefined ? {} : { ms: took }), message };
};

export const parseConnect = (stdout: string, tool: string): ConnectFacts => {
  const resent = readResent(stdout);
  return { ...seriesOf(tool, readTries(stdout).map(readConnect)), ...(resent === undefined ? {} : { resent }) };
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

/** Several series of one program as one. */
export const allOf = (series: readonly ConnectFacts[], { onceLate }: { onceLate: boolean }): ConnectFacts => {
  const resent = series.map((one) => one.resent);
  const counted = resent.filter((count) => count !== undefined);
  return {
    ...seriesOf(
      series[0]?.tool ?? '',
      series.flatMap(({ tries }) => tries),
    ),
    ...(counted.length === resent.length && { resent: counted.reduce((sum, count) => sum + count, 0) }),
    ...(onceLate && { onceLate }),
  };
};

/** The counts of several series in one. */
export const addUp = (counts: readonly Record<string, number>[]): Record<string, number> => {
  const sum: Record<string, number> = {};
  for (const [word, count] of counts.flatMap(Object.entries<number>)) sum[word] = (sum[word] ?? 0) + count;
  return sum;
};
