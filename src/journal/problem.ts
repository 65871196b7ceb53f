export type ProblemCode =
  | 'full'
  | 'read-only'
  | 'denied'
  | 'missing'
  | 'blocked'
  | 'unbegun'
  | 'io'
  | 'locked'
  | 'damaged';

const sentences: Record<ProblemCode, string> = {
  full: 'The disk is full',
  'read-only': 'The file system is mounted read-only',
  denied: 'The permission to write is missing',
  missing: 'The session folder is gone',
  unbegun: 'The session was cut before its first event, so nothing of it is left to go on with',
  blocked: 'A file stands where a folder is needed',
  io: 'The disk reports an error',
  locked: 'Another process writes this journal',
  damaged: 'The journal is damaged',
};

const advice: Record<ProblemCode, string> = {
  full: 'Free some space; the next event writes what is missing. Until then export the report before you quit.',
  'read-only': 'Export the report before you quit, and start the next session with --state-dir on a writable disk.',
  denied: 'Export the report before you quit, and check the owner and mode of the folder, or use --state-dir.',
  missing: 'Export the report before you quit; the folder was moved or removed while the session ran.',
  unbegun: 'Start it anew.',
  blocked: 'Export the report before you quit, and name another place with --state-dir.',
  io: 'Export the report to another disk before you quit.',
  locked: 'Close the other session first; its process id stands in session.lock.',
  damaged: 'Run `net-triage session verify` to see the place. The journal is left as it is.',
};

const codes: Readonly<Record<string, ProblemCode>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  EROFS: 'read-only',
  EACCES: 'denied',
  EPERM: 'denied',
  ENOENT: 'missing',
  ENOTDIR: 'blocked',
  EEXIST: 'blocked',
};

/** How many events are safe on disk, out of all there are. */
export interface Kept {
  readonly onDisk: number;
  readonly total: number;
}

/** The journal cannot be written. The message says what was kept and what to do about it. */
export class JournalProblem extends Error {
  override readonly name = 'JournalProblem';
  constructor(
    readonly code: ProblemCode,
    readonly folder: string,
    readonly detail: { readonly kept?: Kept; readonly because?: string; readonly line?: number },
  ) {
    const because = detail.because === undefined ? '' : ` (${detail.because})`;
    const kept = detail.kept
      ? ` ${detail.kept.onDisk} of ${detail.kept.total} events are on disk, the others in memory.`
      : '';
    super(`${sentences[code]}: ${folder}${because}.${kept} ${advice[code]}`);
  }
}

const errnoOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** Names what a failed file operation means for the journal. */
export const asProblem = (error: unknown, folder: string, kept?: Kept) => {
  if (error instanceof JournalProblem) return error;
  const errno = errnoOf(error);
  const detail = { because: errno || String(error), ...(kept && { kept }) };
  return new JournalProblem(codes[errno] ?? 'io', folder, detail);
};
