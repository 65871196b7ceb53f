import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { say } from '../../lab/machine/say.ts';
import { quantile } from '../measure/spread.ts';
import { PROGRAM } from '../program.ts';
import { reason } from '../reason.ts';
import { milliseconds, showHeading, showTable } from '../show.ts';
import { longSession } from '../terminal/long-session.ts';
import { type OpenTerminal, openTerminal } from '../terminal/open-terminal.ts';

const PRESSES = 100;
const LINES = 10_000;
const BARE = 'bare Node echoing keys';
const DEMO = 'net-triage demo';
const LONG = `net-triage, a trail of ${LINES} lines`;

/** A press that gets no frame in this time changed nothing on the screen. */
const NO_FRAME = 300;

interface Latencies {
  frames: number[];
  without: number;
}

/** Through a real terminal: the verdict of the demo and the trail of a long session, all programs in turn, key by key. */
export async function keyToFrame(): Promise<void> {
  showHeading(`Key to frame through a terminal, ${PRESSES} presses of j and k in turn; budget P99 50 ms`);
  const folder = mkdtempSync(join(tmpdir(), 'net-triage-bench-'));
  const env = { HOME: folder, XDG_STATE_HOME: folder, XDG_CACHE_HOME: folder };
  const open: Record<string, OpenTerminal> = {};
  try {
    open[BARE] = openTerminal([process.execPath, join(import.meta.dirname, '../terminal/echo-keys.mjs')]);
    open[DEMO] = openTerminal([...PROGRAM, 'demo', '--no-motion'], env);
    open[LONG] = openTerminal(await longSession(join(folder, 'long'), LINES), env);
    for (const [name, terminal] of Object.entries(open)) await settled(name, terminal);
    for (const name of [DEMO, LONG]) if (!open[name]?.fullScreen()) throw new Error(`${name} opened no full screen`);
    const found = await pressInTurn(open);
    const rows = [...found].map(([name, { frames, without }]) => {
      const at = (share: number) => milliseconds(quantile(frames, share));
      return [name, at(0.5), at(0.99), String(frames.length), String(without)];
    });
    showTable([['', 'P50', 'P99', 'frames', 'presses without a frame'], ...rows]);
  } catch (error) {
    say(`  not measured: ${reason(error)}`);
  } finally {
    for (const terminal of Object.values(open)) await terminal.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function pressInTurn(open: Record<string, OpenTerminal>): Promise<Map<string, Latencies>> {
  const found = new Map(Object.keys(open).map((name): [string, Latencies] => [name, { frames: [], without: 0 }]));
  for (let press = 0; press < PRESSES; press += 1) {
    for (const [name, latencies] of found) {
      const took = await pressOnce(open[name], press % 2 === 0 ? 'j' : 'k');
      if (took === undefined) latencies.without += 1;
      else latencies.frames.push(took);
    }
  }
  return found;
}

async function pressOnce(terminal: OpenTerminal | undefined, key: string): Promise<number | undefined> {
  const frame = terminal?.nextOutput(NO_FRAME);
  terminal?.type(key);
  const took = await frame;
  // A frame may come in several pieces; the rest must not be taken for the answer to the next key.
  while ((await terminal?.nextOutput(40)) !== undefined);
  return took;
}

/** Keys count only when the walk is over and nothing else draws. */
async function settled(name: string, terminal: OpenTerminal): Promise<void> {
  const end = performance.now() + 15_000;
  let quiet = 0;
  while (quiet < 2 && performance.now() < end) {
    quiet = (await terminal.nextOutput(500)) === undefined && terminal.text() !== '' ? quiet + 1 : 0;
    if (!terminal.running()) throw new Error(`${name} ended early: ${terminal.text().slice(0, 200)}`);
  }
}
