import { join } from 'node:path';
import type { Redactor } from '../clean/redact.js';
import { sanitise, sanitiseJson } from '../clean/sanitise.js';
import type { World } from '../domain/ports.js';
import type { ResourceEvent } from '../domain/resource.js';
import { cached } from '../ports/cached.js';
import { queries } from '../queries/registry.js';
import type { Target } from './header.js';
import type { Io } from './io.js';
import { ledgerKeeper } from './keep-ledger.js';
import { type SessionFiles, universeFolder } from './keep-session.js';
import type { NodeQuestions } from './node-questions.js';
import type { Common, SessionOptions } from './options.js';
import { stateDirOf } from './settings.js';

export interface Connected {
  readonly world: World;
  readonly target: Target;
  /** Removes what was made in the cluster; absent where nothing can have been. */
  tidy?(): Promise<void>;
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

export interface ConnectOptions {
  readonly io: Io;
  readonly interactive: boolean;
  readonly onProblem: (problem: Error) => void;
  readonly passphrases?: ReadonlyMap<string, string> | undefined;
  /** Answers for what is decided on the way to a node; without them, flags decide. */
  readonly questions?: NodeQuestions | undefined;
  /** Told of what is put into the cluster. */
  readonly onResource?: ((event: ResourceEvent) => void) | undefined;
}

/** The names of what is made come from it, and two processes without a session of their own must not share them. */
const uniqueId = ({ id, place }: Pick<SessionFiles, 'id' | 'place'>, io: Io) =>
  place ? id : `${id}-${io.pid}-${io.now().toString(36)}`;

/** What a cluster says, safe to draw and masked. */
export const cleanBy = ({ text, value }: Redactor) => ({
  cleanText: (said: string) => text(sanitise(said)),
  cleanJson: <T>(said: T) => value(sanitiseJson(said)),
});

/** A live cluster, with everything that it says masked. */
export const openLive = async (
  options: SessionOptions,
  files: Pick<SessionFiles, 'id' | 'redactor' | 'place'>,
  { io, interactive, onResource, passphrases, questions }: Omit<ConnectOptions, 'onProblem'>,
) => {
  const { createLive } = await import('../ports/live/live.js');
  const { redactor, id } = files;
  return createLive({
    flags: flagsOf(options),
    around: { env: io.env, home: io.home },
    level: () => options.level,
    queries,
    clean: cleanBy(redactor),
    version: io.version,
    session: options.probeImage === undefined ? id : uniqueId(files, io),
    podAccess: options.podAccess,
    probeImage: options.probeImage,
    onResource,
    requestTimeout: options.requestTimeout,
    keepers: { prometheus: options.prometheus, loki: options.loki },
    interactive,
    nodes: {
      ...{ access: options.nodeAccess, ssh: sshFlagsOf(options), ask: async (file) => passphrases?.get(file) },
      ...questions,
      ownKnownHosts: join(stateDirOf(options, io), 'net-triage', 'known_hosts'),
    },
  });
};

/**
 * A live cluster, recorded below every cache into the session's own universe.
 * A disk that cannot hold the recording does not stop the session; `onProblem` is told once.
 */
export const connectLive = async (
  options: SessionOptions,
  files: Pick<SessionFiles, 'id' | 'redactor' | 'place'>,
  ask: ConnectOptions,
): Promise<Connected> => {
  const { io, onProblem } = ask;
  const { id, place } = files;
  const keep = ledgerKeeper(options, io, id);
  const onResource = (event: ResourceEvent) => {
    keep(event, live.target);
    ask.onResource?.(event);
  };
  const live = await openLive(options, files, { ...ask, onResource });
  const { context, cluster, apiHost, user, namespace } = live.target;
  const target = { context, cluster, apiHost, user, namespace };
  const tidy = () => live.tidy();
  if (!place) return { world: cached(live), target, tidy };
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
    const recording = { folder: universeFolder(place), about, limit: options.maxSize, onProblem };
    return { world: cached(await recorded(live, recording)), target, tidy };
  } catch (problem) {
    onProblem(problem as Error);
    return { world: cached(live), target, tidy };
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
