import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exitCodes, type Io, UsageProblem } from './io.js';
import { readOptions, sessionSchema } from './options.js';
import { runHeadless } from './run.js';
import { modeOf } from './settings.js';

/** From the built program as from its source, the recordings lie beside the package. */
const recordingNamed = (name: string) =>
  fileURLToPath(new URL(`../practice/${name}/broken.universe.tar.zst`, import.meta.url));

/** The real screens on a recorded cluster: a Service whose selector matches no Pod. Without a terminal it prints the walk. */
export const demo = async (raw: Record<string, unknown>, io: Io): Promise<number> => {
  const universe = recordingNamed('wrong-selector');
  if (!existsSync(universe)) throw new UsageProblem(`The recording is missing: ${universe}.`);
  const options = readOptions(sessionSchema, {
    ...raw,
    universe,
    from: 'pod/shop/client',
    to: 'svc/shop/cart',
    level: 'probe',
    stateDir: raw.stateDir ?? join(io.home, '.cache', 'net-triage-demo'),
  });
  const mode = modeOf(options, io);
  if (mode === 'headless') {
    const code = await runHeadless(options, io, {});
    // The fault is the expected end of a demonstration, so the command has done what it was asked to.
    return code === exitCodes.fault ? exitCodes.done : code;
  }
  const { runOnScreen } = await import('./screen.js');
  return runOnScreen(options, io, { mode });
};
