import type { Clean } from './clean.js';
import { createConnection } from './connection.js';
import { createCredentials } from './credentials.js';
import { loadTarget } from './kubeconfig.js';
import type { KubeconfigFlags } from './pick-context.js';
import type { Surroundings } from './read-kubeconfig.js';

export interface OpenOptions {
  readonly flags: KubeconfigFlags;
  readonly around: Surroundings;
  readonly clean: Pick<Clean, 'cleanText'>;
  readonly version: string;
  /** The id of the session: the audit log of the cluster shows it beside every request. */
  readonly session: string;
  /** Milliseconds (`--request-timeout`). */
  readonly requestTimeout?: number | undefined;
  /** A credential plugin may use the terminal while the connection is being prepared, never later. */
  readonly interactive?: boolean | undefined;
  readonly now?: (() => number) | undefined;
}

const patience = { request: 15_000, connect: 10_000, plugin: 60_000 };

/**
 * The way to the API server of a kubeconfig, before the first request. Throws `KubeconfigProblem` or `ApiUnavailable`.
 */
export const openConnection = async (options: OpenOptions) => {
  const { version, session, requestTimeout = patience.request } = options;
  const target = await loadTarget(options.flags, options.around);
  const asking = { allowed: options.interactive ?? false };
  const credentials = createCredentials(target, {
    env: options.around.env,
    interactive: () => asking.allowed,
    patience: patience.plugin,
    cleanText: options.clean.cleanText,
    now: options.now ?? Date.now,
  });
  // Once for all the requests that follow at the same time, and while the terminal is still free.
  await credentials.current();
  asking.allowed = false;
  const connection = createConnection({
    ...{ target, credentials, userAgent: `net-triage/${version} session/${session}` },
    connectTimeout: Math.min(patience.connect, requestTimeout),
  });
  return { target, connection, requestTimeout };
};
