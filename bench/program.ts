import { join } from 'node:path';

export const PROGRAM = [process.execPath, join(import.meta.dirname, '../bin/net-triage.js')] as const;
/** What every start of the program is compared with. */
export const BARE_NODE = [process.execPath, '-e', '0'] as const;
