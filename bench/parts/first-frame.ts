import { say } from '../../lab/machine/say.ts';
import { alternate } from '../measure/alternate.ts';
import { median } from '../measure/spread.ts';
import { PROGRAM } from '../program.ts';
import { reason } from '../reason.ts';
import { milliseconds, ratio, showHeading, showTable } from '../show.ts';
import { type BlackHole, openBlackHole } from '../terminal/black-hole.ts';
import { openTerminal } from '../terminal/open-terminal.ts';

const ROUNDS = 7;
const PATIENCE = 10_000;
const BARE = 'a line of bare Node';
const FLOW = ['--from', 'pod/shop/client', '--to', 'svc/shop/cart'];

interface Frame {
  /** Milliseconds from the start of the process. */
  shown: number;
  /** NaN when nobody had connected by then. */
  connected: number;
}

/** The first frame has to come although the cluster never answers. */
export async function firstFrame(): Promise<void> {
  showHeading(`First frame in a terminal, the API server is a black hole, ${ROUNDS} rounds`);
  const hole = await openBlackHole();
  const start = [...PROGRAM, 'run', '--kubeconfig', hole.kubeconfig];
  const programs: Record<string, readonly string[]> = {
    [BARE]: [process.execPath, '-e', 'process.stdout.write("\\x1b[?1049hready"); setTimeout(() => {}, 60_000)'],
    'net-triage (asks for the flow)': start,
    'net-triage run --from … --to …': [...start, ...FLOW],
  };
  try {
    const frames = await alternate(
      ROUNDS,
      Object.fromEntries(Object.entries(programs).map(([name, argv]) => [name, () => frameOf(argv, hole)])),
    );
    const bare = median((frames.get(BARE) ?? []).map(({ shown }) => shown));
    const rows = [...frames].map(([name, all]) => {
      const shown = median(all.map((frame) => frame.shown));
      const early = all.filter(({ connected }) => connected < 0).length;
      return [name, milliseconds(shown), ratio(shown / bare), early === 0 ? 'none' : `in ${early} of ${all.length}`];
    });
    showTable([['', 'first frame', 'ratio', 'connected before it'], ...rows]);
  } catch (error) {
    say(`  not measured: ${reason(error)}`);
  } finally {
    hole.close();
  }
}

async function frameOf(argv: readonly string[], hole: BlackHole): Promise<Frame> {
  hole.connections.length = 0;
  const start = performance.now();
  const terminal = openTerminal(argv, { HOME: hole.folder, XDG_STATE_HOME: hole.folder });
  try {
    while (!(terminal.fullScreen() && terminal.text() !== '')) {
      const left = PATIENCE - (performance.now() - start);
      if (left <= 0 || !terminal.running()) throw new Error(noScreen(terminal.text()));
      await terminal.nextOutput(Math.min(left, 250));
    }
    const shown = performance.now();
    const [first = Number.NaN] = hole.connections;
    return { shown: shown - start, connected: first - shown };
  } finally {
    await terminal.close();
  }
}

const noScreen = (text: string) =>
  `the program opened no full screen within ${PATIENCE / 1000} s. It showed: ${text.slice(0, 200) || 'nothing'}`;
