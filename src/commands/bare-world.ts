import { randomBytes } from 'node:crypto';
import { createRedactor } from '../clean/redact.js';
import { cleanBy, flagsOf } from './connect.js';
import type { Io } from './io.js';
import type { Common } from './options.js';

/** A cluster to read objects of, for a command that keeps no session. What it says is masked with a salt of its own. */
export const openBare = async (
  options: Common,
  io: Io,
  { name, ...clean }: { readonly name: string } & Partial<ReturnType<typeof cleanBy>>,
) => {
  const { createLive } = await import('../ports/live/live.js');
  return createLive({
    ...{ flags: flagsOf(options), around: { env: io.env, home: io.home }, queries: {} },
    ...{ level: () => 'observe' as const, version: io.version, session: name },
    clean: { ...cleanBy(createRedactor({ profile: 'default', salt: randomBytes(16) })), ...clean },
    requestTimeout: options.requestTimeout,
    interactive: io.stdin.isTTY === true,
  });
};
