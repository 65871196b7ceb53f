import { batchScript, scriptName } from './batch-script.js';

export type TimeoutStyle = 'kill' | 'plain' | 'dash-t';

/** One program of a batch. */
export interface Job {
  readonly argv: readonly string[];
  /** Seconds after which it is ended inside the container. */
  readonly limit: number;
}

export interface JobOutput {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** NaN where the image has no clock that is finer than a second. */
  readonly durationMs: number;
  /** There was more on stdout than was kept. */
  readonly cut: boolean;
}

const prefixes: Readonly<Record<TimeoutStyle, (seconds: string) => readonly string[]>> = {
  kill: (seconds) => ['timeout', '-k', '1', seconds],
  plain: (seconds) => ['timeout', seconds],
  'dash-t': (seconds) => ['timeout', '-t', seconds],
};

/** The program with the limit that holds even when nobody listens any more: closing an exec does not end it. */
export const limited = ({ argv, limit }: Job, style: TimeoutStyle) => [
  ...prefixes[style](String(Math.ceil(limit))),
  ...argv,
];

/** The one argument list that runs all jobs at once. `keep` is the number of bytes of each output. */
export const batchArgv = (jobs: readonly Job[], style: TimeoutStyle, keep: number) => {
  const words = jobs.map((job) => limited(job, style));
  return [
    'sh',
    '-c',
    batchScript,
    scriptName,
    String(keep + 1),
    ...words.flatMap((list) => [String(list.length), ...list]),
  ];
};

const milliseconds = (from: string, to: string) => {
  const one = (stamp: string) => {
    if (/^\d{19}$/.test(stamp)) return Number(stamp) / 1e6;
    return /^\d{9,11}\.\d{6}$/.test(stamp) ? Number(stamp) * 1e3 : Number.NaN;
  };
  return Math.max(0, one(to) - one(from));
};

/** Reads on through bytes; every answer is `undefined` once something does not fit. */
const reader = (bytes: Buffer) => {
  let at = 0;
  return {
    line(pattern: RegExp) {
      const end = bytes.indexOf(10, at);
      const found = end < 0 ? null : pattern.exec(bytes.toString('latin1', at, end));
      if (found) at = end + 1;
      return found ?? undefined;
    },
    bytes(size: number) {
      if (bytes[at + size] !== 10) return undefined;
      const found = bytes.subarray(at, at + size);
      at += size + 1;
      return found;
    },
  };
};

const readJob = (input: ReturnType<typeof reader>, number: number, keep: number): JobOutput | undefined => {
  const out = input.line(/^out (\d+) (\d+) (\S*) (\S*)$/);
  const stdout = out && Number(out[1]) === number ? input.bytes(Number(out[2])) : undefined;
  const err = stdout && input.line(/^err (\d+) (\d+)$/);
  const stderr = err && Number(err[1]) === number ? input.bytes(Number(err[2])) : undefined;
  const end = stderr && input.line(/^end (\d+) (\d+)$/);
  if (!out || !stdout || !stderr || !end) return undefined;
  return {
    exitCode: Number(end[2]),
    stdout: stdout.subarray(0, keep).toString('utf8'),
    stderr: stderr.subarray(0, keep).toString('utf8'),
    durationMs: milliseconds(out[3] ?? '', out[4] ?? ''),
    cut: stdout.length > keep,
  };
};

/** What the batch printed, job by job; shorter than the list of jobs where the output ends early or makes no sense. */
export const readBatch = (output: Buffer, count: number, keep: number): JobOutput[] => {
  const input = reader(output);
  const found: JobOutput[] = [];
  while (found.length < count) {
    const job = readJob(input, found.length + 1, keep);
    if (!job) break;
    found.push(job);
  }
  return found;
};
