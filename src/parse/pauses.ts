import { z } from 'zod';

export const pauseTrySchema = z.strictObject({
  /** Seconds of silence in the middle of a request. */
  seconds: z.int(),
  class: z.enum(['answers', 'fails', 'no-connection']),
  message: z.string(),
});
export type PauseTry = z.infer<typeof pauseTrySchema>;

// "pause 2 exit=0 net-triage: connected HTTP/1.0 200 OK "
const line = /^pause (\d{1,3}) exit=(\d{1,3}) ([^\n]*)$/;

const classOf = (message: string): PauseTry['class'] => {
  if (/\bHTTP\/[\d.]{1,3} [1-5]\d\d\b/.test(message)) return 'answers';
  return /net-triage: connected|\bsucceeded!/.test(message) ? 'fails' : 'no-connection';
};

/** What became of requests that paused in the middle, shortest first. */
export const parsePauses = (stdout: string): PauseTry[] =>
  stdout
    .split('\n')
    .flatMap((text): PauseTry[] => {
      const [, seconds = '', , message = ''] = line.exec(text) ?? [];
      return seconds ? [{ seconds: Number(seconds), class: classOf(message), message: message.trim() }] : [];
    })
    .toSorted((a, b) => a.seconds - b.seconds);

/** A request without a pause is the control: a server that answers nobody forgets nobody. */
export const isForgotten = (pauses: readonly PauseTry[]): boolean =>
  pauses.some(({ seconds, class: heard }) => seconds === 0 && heard === 'answers') &&
  pauses.some(({ seconds, class: heard }) => seconds > 0 && heard === 'fails');

/** Whether a request that paused was answered: what is not known is not kept. */
export const isKept = (pauses: readonly PauseTry[]): boolean =>
  pauses.some(({ seconds, class: heard }) => seconds > 0 && heard === 'answers');
