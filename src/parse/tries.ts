/** One line of our own probe scripts, before anybody says what its words mean. */
export interface SpokenTry {
  readonly exitCode: number;
  /** Duration in steps of 10 ms, the resolution of /proc/uptime; absent where the shell could not tell. */
  readonly ms?: number;
  readonly message: string;
}

// "try 3 exit=1 from=8123.45 to=8123.46 nc: can't connect to remote host (10.77.0.2): Connection refused "
const line = /^try \d+ exit=(\d+) from=([\d.]*) to=([\d.]*) ([^\n]*)$/;

/** The same with the moment it began, in seconds since the boot of its machine. */
export interface TimedTry extends SpokenTry {
  readonly at: number;
}

const startOf = (text: string): number => Number(line.exec(text)?.[2] || Number.NaN);

const read = (text: string): SpokenTry[] => {
  const [, exit = '', from = '', to = '', message = ''] = line.exec(text) ?? [];
  if (!exit) return [];
  const ms = from && to ? Math.round((Number(to) - Number(from)) * 1000) : Number.NaN;
  return [{ exitCode: Number(exit), message: message.trim(), ...(ms >= 0 ? { ms } : {}) }];
};

/** Every try that reported. A try that said nothing is absent: silence of the probe is no news of the network. */
export const readTries = (stdout: string): SpokenTry[] => stdout.split('\n').flatMap(read);

/** Tries that began one after another. One whose shell could tell no time has no place in a series. */
export const readTimedTries = (stdout: string): TimedTry[] =>
  stdout.split('\n').flatMap((text) => {
    const at = startOf(text);
    return Number.isFinite(at) ? read(text).map((one) => ({ ...one, at })) : [];
  });
