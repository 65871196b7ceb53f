import { z } from 'zod';

/** Requests up to here fit into one packet of any overlay, and are sent before the others. */
export const onePacket = 1390;

export const sizeTrySchema = z.strictObject({
  size: z.int(),
  /** `cut`: the answer began and never ended. `silent`: connected, and nothing came. `closed`: the server hung up. */
  class: z.enum(['answers', 'cut', 'silent', 'closed', 'no-connection', 'other']),
  message: z.string(),
});
export type SizeTry = z.infer<typeof sizeTrySchema>;

// "size 1398 exit=0 HTTP/1.1 301 Moved Permanently "
const line = /^size (\d{1,6}) exit=(\d{1,3}) ([^\n]*)$/;
// Our own scripts, nc of OpenBSD, nc of busybox, and the time that curl took for it.
const connected = /net-triage: connected|\bsucceeded!|\bopen\b|connect=0*\.0*[1-9]/;

// curl: empty reply, reset. Our shells: the end came before a line. OpenBSD's nc does not tell an end from a silence.
const hungUp = (exit: number, message: string) =>
  exit === 52 ||
  exit === 56 ||
  (exit === 1 && message.includes('net-triage: connected')) ||
  /reset by peer/i.test(message);

const classOf = (exit: number, message: string): SizeTry['class'] => {
  if (/\bHTTP\/[\d.]{1,3} [1-5]\d\d\b/.test(message)) return exit === 0 ? 'answers' : 'cut';
  if (connected.test(message)) return hungUp(exit, message) ? 'closed' : 'silent';
  // The shell found no program, or might not start it.
  return exit === 126 || exit === 127 ? 'other' : 'no-connection';
};

/** What came back for requests of each size, smallest first. */
export const parseSizes = (stdout: string): SizeTry[] =>
  stdout
    .split('\n')
    .flatMap((text): SizeTry[] => {
      const [, size = '', exit = '', message = ''] = line.exec(text) ?? [];
      return size ? [{ size: Number(size), class: classOf(Number(exit), message), message: message.trim() }] : [];
    })
    .toSorted((a, b) => a.size - b.size);
