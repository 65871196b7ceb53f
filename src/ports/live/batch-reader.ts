import type { JobOutput } from './batch.js';

export interface BatchReaderOptions {
  /** How many jobs the batch has. */
  readonly count: number;
  /** Bytes to keep of each output; the script sends one more, to show that there was more. */
  readonly keep: number;
  /** Told once per job, as soon as its block is complete. `index` counts from 0. */
  readonly found: (index: number, output: JobOutput) => void;
}

// "out 16 262145 4194967295.12 4194967295.12" has 41 letters.
const longestLine = 100;
const never = Number.POSITIVE_INFINITY;

/** Reads on through bytes. Every answer is `undefined` once something does not fit or is not there yet. */
const cursor = (bytes: Buffer) => {
  let at = 0;
  let wanted = 0;
  const stop = (length: number) => {
    wanted = length;
    return undefined;
  };
  return {
    line(pattern: RegExp) {
      const end = bytes.indexOf(10, at);
      if (end < 0) return stop(bytes.length - at < longestLine ? bytes.length + 1 : never);
      const found = pattern.exec(bytes.toString('latin1', at, end));
      if (!found) return stop(never);
      at = end + 1;
      return found;
    },
    bytes(size: number, most: number) {
      if (size > most) return stop(never);
      if (bytes.length <= at + size) return stop(at + size + 1);
      if (bytes[at + size] !== 10) return stop(never);
      const found = bytes.subarray(at, at + size);
      at += size + 1;
      return found;
    },
    used: () => at,
    /** The length that is needed before it makes sense to look again. */
    wanted: () => wanted,
  };
};

const text = (bytes: Buffer, keep: number) => bytes.subarray(0, keep).toString('utf8');

/** `/proc/uptime`, in seconds with two digits: it never jumps, and takes no program to read. */
const milliseconds = (from = '', to = '') => {
  const [start, end] = [from, to].map((word) => (/^\d+\.\d\d$/.test(word) ? Number(word) * 1000 : Number.NaN));
  return Math.max(0, Math.round((end ?? Number.NaN) - (start ?? Number.NaN)));
};

const readBlock = (input: ReturnType<typeof cursor>, keep: number) => {
  const out = input.line(/^out (\d{1,3}) (\d{1,9}) (\S*) (\S*)$/);
  const number = Number(out?.[1]);
  const stdout = out && input.bytes(Number(out[2]), keep + 1);
  const err = stdout && input.line(new RegExp(`^err ${number} (\\d{1,9})$`));
  const stderr = err && input.bytes(Number(err[1]), keep + 1);
  const end = stderr && input.line(new RegExp(`^end ${number} (\\d{1,3})$`));
  if (!out || !stdout || !stderr || !end) return undefined;
  const output: JobOutput = {
    exitCode: Number(end[1]),
    stdout: text(stdout, keep),
    stderr: text(stderr, keep),
    durationMs: milliseconds(out[3], out[4]),
    cut: stdout.length > keep,
  };
  return { index: number - 1, output, used: input.used() };
};

/**
 * Takes what the batch script prints, in whatever pieces it comes, and tells of every job when its block is whole.
 * From the first byte that makes no sense on it is deaf: what follows could be put down to the wrong job.
 */
export const createBatchReader = ({ count, keep, found }: BatchReaderOptions) => {
  const open = new Set(Array.from({ length: count }, (_, index) => index));
  let pieces: Buffer[] = [];
  let [size, wanted] = [0, 0];

  const read = (bytes: Buffer): Buffer => {
    const input = cursor(bytes);
    const block = readBlock(input, keep);
    wanted = input.wanted();
    if (!block) return bytes;
    if (!open.delete(block.index)) {
      wanted = never;
      return bytes;
    }
    found(block.index, block.output);
    return bytes.length > block.used ? read(bytes.subarray(block.used)) : bytes.subarray(block.used);
  };

  return (bytes: Buffer) => {
    if (wanted === never) return;
    pieces.push(bytes);
    size += bytes.length;
    // Pieces may be as small as a byte; joining them at every one would take time by their square.
    if (size < wanted) return;
    const rest = read(Buffer.concat(pieces));
    pieces = wanted === never ? [] : [rest];
    size = rest.length;
  };
};
