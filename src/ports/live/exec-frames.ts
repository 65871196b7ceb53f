import { jsonOf } from './api-reply.js';

/** What the runtime said about the end of a program, on the error channel. */
export interface ExecStatus {
  /** NaN when the program did not start. */
  readonly exitCode: number;
  readonly message: string;
}

interface StatusFrame {
  readonly status?: unknown;
  readonly message?: unknown;
  readonly details?: { readonly causes?: readonly { readonly reason?: unknown; readonly message?: unknown }[] };
}

const exitCodeOf = ({ status, details }: StatusFrame) => {
  if (status === 'Success') return 0;
  const causes = Array.isArray(details?.causes) ? details.causes : [];
  const cause = causes.find((item) => item?.reason === 'ExitCode');
  return typeof cause?.message === 'string' && /^\d+$/.test(cause.message) ? Number(cause.message) : Number.NaN;
};

/** Reads the frame of channel 3, `{"status":"Failure","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"7"}]}}`. */
export const readStatus = (text: string): ExecStatus | undefined => {
  const frame = jsonOf(text);
  if (frame === null || typeof frame !== 'object' || !('status' in frame)) return undefined;
  const { message } = frame as StatusFrame;
  return { exitCode: exitCodeOf(frame as StatusFrame), message: typeof message === 'string' ? message : '' };
};

// runc, crun and the shims before them; cri-dockerd prints it as output and ends with 126 or 127.
const notThere =
  /executable file not found|no such file or directory|command not found in \$PATH|stat .*: not a directory/i;
const runtime = /OCI runtime exec failed|exec failed: unable to start container process/i;

/** True when the program itself is missing, not when it ran and complained. */
export const programMissing = (status: ExecStatus | undefined, output: string) => {
  if (status === undefined) return false;
  if (Number.isNaN(status.exitCode)) return notThere.test(status.message);
  return (status.exitCode === 126 || status.exitCode === 127) && runtime.test(output) && notThere.test(output);
};

/** Collects the bytes of one channel up to a limit. */
export const collector = (cap: number) => {
  const chunks: Buffer[] = [];
  let size = 0;
  return {
    /** False once the limit is passed; what fits is kept. */
    add(bytes: Buffer) {
      const room = cap - size;
      if (room > 0) chunks.push(bytes.subarray(0, room));
      size += bytes.length;
      return size <= cap;
    },
    bytes: () => Buffer.concat(chunks),
  };
};
