/** A recording that cannot be read or written. The message is one sentence for the operator and names the place. */
export class UniverseProblem extends Error {
  override readonly name = 'UniverseProblem';
  constructor(
    readonly place: string,
    readonly fault: string,
    options?: ErrorOptions,
  ) {
    super(`The universe ${place} ${fault}.`, options);
  }
}

const faults: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EACCES: 'may not be read or written by this user',
  EPERM: 'may not be read or written by this user',
  EROFS: 'lies on a file system that is read-only',
  ENOSPC: 'does not fit on the disk',
  EDQUOT: 'does not fit into the disk quota',
};

/** Names what a failed file operation means; what is no file error is a bug and stays what it is. */
export const asUniverseProblem = (error: unknown, place: string): unknown => {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return error;
  const code = String(error.code);
  return new UniverseProblem(place, faults[code] ?? `cannot be used because the disk answers ${code}`, {
    cause: error,
  });
};
