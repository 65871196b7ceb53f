import { alternate } from '../measure/alternate.ts';
import { watchPeak } from '../measure/peak-memory.ts';
import { median } from '../measure/spread.ts';
import { time } from '../measure/time.ts';
import { BARE_NODE, PROGRAM } from '../program.ts';
import { megabytes, milliseconds, ratio, showHeading, showTable } from '../show.ts';

const ROUNDS = 20;
const BARE = 'node -e 0';

const programs: Record<string, readonly string[]> = {
  [BARE]: BARE_NODE,
  'net-triage --help': [...PROGRAM, '--help'],
  'net-triage version': [...PROGRAM, 'version'],
};

/** What the commands cost that load neither screen nor Kubernetes. */
export async function startup(): Promise<void> {
  showHeading(`Start of the process, ${ROUNDS} rounds, compile cache warm; budget 1.5x`);
  const took = await alternate(
    ROUNDS,
    Object.fromEntries(
      Object.entries(programs).map(([name, argv]) => [name, async () => (await time(argv)).seconds * 1000]),
    ),
  );
  const bare = took.get(BARE) ?? [];
  const rows = Object.entries(programs).map(async ([name, argv]) => {
    const all = took.get(name) ?? [];
    const [middle, fastest] = [median(all), Math.min(...all)];
    const memory = megabytes(await peakOf(argv));
    const against = [ratio(middle / median(bare)), ratio(fastest / Math.min(...bare))];
    return [name, milliseconds(middle), against[0] ?? '', milliseconds(fastest), against[1] ?? '', memory];
  });
  showTable([['', 'median', 'ratio', 'fastest', 'ratio', 'peak memory'], ...(await Promise.all(rows))]);
}

// In a run of its own: the reporter would cost the timed ones some milliseconds.
async function peakOf(argv: readonly string[]): Promise<number | undefined> {
  const peak = watchPeak();
  await time(argv, { env: { ...process.env, ...peak.env } });
  return peak.read();
}
