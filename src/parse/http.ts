import { z } from 'zod';
import { countBy } from './connect.js';
import { type ConnectClass, connectClass, connectClasses } from './connect-class.js';
import { readTries, type SpokenTry } from './tries.js';

/**
 * `answered` and `not-http` are bytes; `empty` closed without any; `silent` accepted and said nothing in time;
 * the rest never got a connection.
 */
const httpClasses = ['answered', 'not-http', 'empty', 'silent', ...connectClasses] as const;
type HttpClass = Exclude<(typeof httpClasses)[number], 'open'>;

const trySchema = z.strictObject({
  class: z.enum(httpClasses).exclude(['open']),
  status: z.int().optional(),
  server: z.string().optional(),
  bytes: z.int().optional(),
  /** Until the first byte where the client can tell, else until the end. */
  ms: z.number().optional(),
  message: z.string(),
});
type HttpTry = z.infer<typeof trySchema>;

export const httpFactsSchema = z.strictObject({
  tool: z.string(),
  tries: z.array(trySchema),
  answered: z.int(),
  failed: z.int(),
  of: z.int(),
  unread: z.int(),
  classes: z.record(z.string(), z.int()),
  statuses: z.array(z.int()),
});
export type HttpFacts = z.infer<typeof httpFactsSchema>;

// " code=200 body=13 head=95 first=0.000704" after the talk of curl -v, or the answer itself from nc and bash.
const counted = /code=(\d{3}) body=(\d+) head=(\d+) first=([\d.]+)/;
const accepted = /net-triage: connected|\bConnected to |port \[[^\]]*\] succeeded!/;
// dd: "0+1 records in 0+1 records out 108 bytes copied, …"; busybox's dd leaves the bytes out.
const ddTalk = /\d+\+\d+ records (in|out)|\d+ bytes .*copied.*/g;

const notOpen = (spoken: ConnectClass): HttpClass => (spoken === 'open' ? 'other' : spoken);

const silence = ({ exitCode, ms = 0, message }: SpokenTry, waitSeconds: number): HttpClass => {
  if (/reset by peer|connection reset/i.test(message)) return 'reset';
  // OpenBSD's nc leaves with 0 when its time for a read is up.
  if (exitCode === 0 && ms >= waitSeconds * 1000 - 20) return 'silent';
  if (exitCode === 0 || /empty reply from server/i.test(message)) return 'empty';
  return connectClass(exitCode, message.replace(/\bConnected to /g, '')) === 'timeout' ? 'silent' : 'other';
};

const said = (message: string) =>
  message
    .replace(new RegExp(`^.*?(${accepted.source})`), '')
    .replace(ddTalk, '')
    .trim();

const fromWords = (spoken: SpokenTry, waitSeconds: number): Pick<HttpTry, 'class' | 'bytes'> => {
  const { exitCode, message } = spoken;
  if (!accepted.test(message)) {
    return { class: notOpen(connectClass(exitCode, message)) };
  }
  const words = said(message);
  if (/\bHTTP\/\d/.test(words)) return { class: 'answered', bytes: words.length };
  const complaint =
    /^(dd|nc|printf|net-triage|[\w.:]+: line \d+):/.test(words) || words === '' || words === 'Terminated';
  if (complaint) return { class: silence(spoken, waitSeconds) };
  return { class: 'not-http', bytes: words.length };
};

const fromCurl = (spoken: SpokenTry, [, code, body, head]: RegExpExecArray): Pick<HttpTry, 'class' | 'bytes'> => {
  if (code !== '000') return { class: 'answered', bytes: Number(body) + Number(head) };
  if (/HTTP\/0\.9|unsupported protocol|weird server reply/i.test(spoken.message)) return { class: 'not-http' };
  if (accepted.test(spoken.message)) return { class: silence(spoken, 0) };
  return { class: notOpen(connectClass(spoken.exitCode, spoken.message)) };
};

const answerIn = (message: string): Pick<HttpTry, 'status' | 'server'> => {
  const status = /\bHTTP\/\d(?:\.\d)? (\d{3})/.exec(message)?.[1];
  const server = /\b[Ss]erver: (\S+)/.exec(message)?.[1];
  return { ...(status && { status: Number(status) }), ...(server && { server }) };
};

/** What became of one request, by the words of its client. */
export const readRequest = (spoken: SpokenTry, waitSeconds: number): HttpTry => {
  const counts = counted.exec(spoken.message);
  const verdict = counts ? fromCurl(spoken, counts) : fromWords(spoken, waitSeconds);
  // curl says 0 where no byte came.
  const ms = counts ? Math.round(Number(counts[4]) * 1000) || undefined : spoken.ms;
  return {
    ...verdict,
    ...(verdict.class === 'answered' && answerIn(spoken.message)),
    ...(ms !== undefined && { ms }),
    message: spoken.message.slice(0, 400),
  };
};

export const parseHttp = (stdout: string, tool: string, waitSeconds: number): HttpFacts => {
  const tries = readTries(stdout).map((spoken) => readRequest(spoken, waitSeconds));
  const understood = tries.filter((one) => one.class !== 'other');
  const failures = understood.filter((one) => one.class !== 'answered' && one.class !== 'not-http');
  return {
    tool,
    tries,
    answered: understood.length - failures.length,
    failed: failures.length,
    of: understood.length,
    unread: tries.length - understood.length,
    classes: countBy(failures, (one) => one.class),
    statuses: [...new Set(tries.flatMap((one) => one.status ?? []))].toSorted((a, b) => a - b),
  };
};
