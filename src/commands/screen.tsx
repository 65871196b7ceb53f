import type { Start } from './run.js';
import type { Io } from './io.js';
import type { SessionOptions } from './options.js';
import { runHeadless } from './run.js';
import type { Mode } from './settings.js';

export const runOnScreen = (options: SessionOptions, io: Io, start: Start & { mode: Mode }): Promise<number> => runHeadless(options, io, start);
