import { spawn } from '@lydell/node-pty';
import type { Terminal } from '@xterm/headless';
import xterm from '@xterm/headless'; // CommonJS: Node finds no named export in it
import { kubeconfig, type Lab } from '../cluster/plan.ts';
import { eventually } from '../machine/eventually.ts';
import type { Fault } from '../scenario/fault.ts';
import type { NamedFault } from '../scenario/find.ts';
import type { Stage } from './play-case.ts';
import { command } from './program.ts';

const SIZE = { cols: 80, rows: 24 };

/** A real terminal with the real program in it; gives the screen that the wanted text appeared on. */
async function screenWith(lab: Lab, fault: Fault, wanted: RegExp): Promise<string> {
  const [file = '', ...args] = command(lab, fault, ['--level', 'probe', '--kubeconfig', kubeconfig(lab, 'admin')]);
  const screen = new xterm.Terminal({ ...SIZE, allowProposedApi: true });
  const child = spawn(file, args, {
    ...SIZE,
    name: 'xterm-256color',
    env: { ...process.env, LANG: 'C.UTF-8', CI: '' },
  });
  let running = true;
  child.onData((data) => screen.write(data));
  child.onExit(() => {
    running = false;
  });
  try {
    return await eventually(`a screen with ${wanted}`, () => (wanted.test(text(screen)) ? text(screen) : ''), {
      timeoutMs: 60_000,
      hope: () => running,
    });
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n${text(screen)}`);
  } finally {
    if (running) child.kill('SIGKILL');
    screen.dispose();
  }
}

function text(screen: Terminal): string {
  const { active } = screen.buffer;
  const lines = Array.from(
    { length: SIZE.rows },
    (_, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? '',
  );
  return lines.join('\n');
}

/** One fault is walked in a real terminal as well. */
export async function walkInTerminal({ lab, tally }: Stage, fault: NamedFault): Promise<void> {
  if (fault.name !== 'wrong-selector') return;
  const [cause = ''] = fault.runs[0]?.expect.top ?? [];
  await tally.prove(`${fault.name}: a terminal of 80x24 shows the verdict`, async () => {
    const screen = await screenWith(lab, fault, new RegExp(`\\b${cause}\\b`));
    const tooWide = screen.split('\n').some((line) => line.length > SIZE.cols);
    return tooWide ? ['a line is wider than the terminal'] : [];
  });
}
