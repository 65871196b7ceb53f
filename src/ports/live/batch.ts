import { batchScript, scriptName } from './batch-script.js';

export type TimeoutStyle = 'kill' | 'plain' | 'dash-t';

/** One program of a batch. */
export interface Job {
  readonly argv: readonly string[];
  /** Seconds after which it is ended inside the container. */
  readonly limit: number;
  /** Bytes to keep of each output, where the usual number is too small. */
  readonly cap?: number | undefined;
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
