import { sanitise, sanitiseJson } from '../clean/sanitise.js';
import type { World } from '../domain/ports.js';
import { cached } from '../ports/cached.js';
import { queries } from '../queries/registry.js';
import type { Target } from './header.js';
import type { Io } from './io.js';
import { type SessionFiles, universeFolder } from './keep-session.js';
import type { Common, SessionOptions } from './options.js';

export interface Connected {
  readonly world: World;
  readonly target: Target;
}

export const flagsOf = ({ kubeconfig, context, cluster, user, namespace, as, asGroup }: Common) => ({
  kubeconfig,
  context,
  cluster,
  user,
  namespace,
  as,
  asGroups: asGroup,
});

export const sshFlagsOf = ({ sshConfig, sshUser, sshIdentity, sshKnownHosts, sshJump }: SessionOptions) => ({
  config: sshConfig,
  user: sshUser,
  identity: sshIdentity,
  knownHosts: sshKnownHosts,
  jump: sshJump,
});

interface Connecting {
  readonly io: Io;
  readonly interactive: boolean;
  readonly onProblem: (problem: Error) => void;
  readonly passphrases?: ReadonlyMap<string, string> | undefined;
}

/**
 * A live cluster, recorded below every cache into the session's own universe.
 * A disk that cannot hold the recording does not stop the session; `onProblem` is told once.
 */
export const connectLive = async (
  options: SessionOptions,
  files: Pick<SessionFiles, 'id' | 'redactor' | 'place'>,
  { io, interactive, onProblem, passphrases }: Connecting,
): Promise<Connected> => {
  const { createLive } = await import('../ports/live/live.js');
  const { redactor, id, place } = files;
  const live = await createLive({
    flags: flagsOf(options),
    around: { env: io.env, home: io.home },
    level: () => options.level,
    queries,
    clean: {
      cleanText: (text) => redactor.text(sanitise(text)),
      cleanJson: (value) => redactor.value(sanitiseJson(value)),
    },
    version: io.version,
    session: id,
    requestTimeout: options.requestTimeout,
    interactive,
    nodes: { access: options.nodeAccess, ssh: sshFlagsOf(options), ask: async (file) => passphrases?.get(file) },
  });
  const { context, cluster, apiHost, user, namespace } = live.target;
  const target = { context, cluster, apiHost, user, namespace };
  if (!place) return { world: cached(live), target };
  const { recorded } = await import('../ports/universe/record.js');
  try {
    const about = {
      synthetic: false,
      startedAt: new Date(io.now()).toISOString(),
      session: id,
      level: options.level,
      tool: { version: io.version },
      cluster: { context, name: cluster, version: null, namespace },
    };
    return { world: cached(await recorded(live, { folder: universeFolder(place), about, onProblem })), target };
  } catch (problem) {
    onProblem(problem as Error);
    return { world: cached(live), target };
  }
};

/** A recording in the place of a cluster. */
export const connectUniverse = async (
  path: string,
): Promise<Connected & { session: string | null; synthetic: boolean }> => {
  const { openUniverse } = await import('../ports/universe/replay.js');
  const universe = await openUniverse(path);
  const { context, name: cluster, namespace = 'default' } = universe.header.cluster;
  return {
    world: cached(universe),
    target: { context, cluster, apiHost: null, user: null, namespace },
    session: universe.header.session,
    synthetic: universe.header.synthetic,
  };
};
