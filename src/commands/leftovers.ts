import { CannotLook } from '../domain/cannot-look.js';
import { readEnd } from '../domain/ends.js';
import { permits } from '../domain/level.js';
import { type Ledger, type LedgerEntry, ledgerIn } from '../journal/ledger.js';
import type { Live } from '../ports/live/live.js';
import { type Leftover, type MadePod, madePods } from '../ports/live/rungs/leftovers.js';
import { flagsOf, openLive } from './connect.js';
import type { Io } from './io.js';
import { unkept } from './keep-session.js';
import { nameOfMade, removalLine } from './made-words.js';
import type { SessionOptions } from './options.js';
import { stateDirOf } from './settings.js';

/** A Pod that an earlier session has left, and what can be done about it. */
export interface Offer {
  readonly session: string;
  /** What was left, in one sentence. */
  readonly words: string;
  /** The kubectl line that removes it. */
  readonly line: string;
  remove(): Promise<void>;
}

/** What was left, and the way to let go of the connection that found it. */
export interface Offers {
  readonly all: readonly Offer[];
  close(): Promise<void>;
}

const patience = 10_000;
const none: Offers = { all: [], close: async () => {} };

const namespacesIn = ({ from, to }: SessionOptions, fallback: string): string[] => {
  const named = [from, to].flatMap((end) => {
    try {
      return end === undefined ? [] : [readEnd(end, fallback)];
    } catch {
      // A flag that is wrong is told of when the session starts.
      return [];
    }
  });
  return [...new Set(named.flatMap((end) => ('namespace' in end ? [end.namespace] : [])))];
};

const isPod = (kind: string): kind is MadePod => madePods.some((one) => one === kind);

const ofLedger = ({ resource, session }: LedgerEntry): Leftover => ({
  kind: isPod(resource.kind) ? resource.kind : 'probe-pod',
  ...{ namespace: resource.namespace, name: resource.pod, uid: resource.uid, session },
});

const stillThere = async (live: Live, known: readonly LedgerEntry[], forget: (entry: LedgerEntry) => void) => {
  const found = await Promise.all(
    known.map(async (entry) => {
      const left = ofLedger(entry);
      if (await live.leftovers.isThere(left, AbortSignal.timeout(patience))) return [left];
      forget(entry);
      return [];
    }),
  );
  return found.flat();
};

interface Place {
  readonly kind: MadePod;
  readonly namespace: string;
}

const expiredIn = async (live: Live, places: readonly Place[]) => {
  const found = places.map(({ kind, namespace }) =>
    live.leftovers.expired(kind, namespace, AbortSignal.timeout(patience)),
  );
  return (await Promise.all(found)).flat();
};

const unique = (all: readonly Leftover[]) => [...new Map(all.map((left) => [left.uid, left])).values()];

const namedLike = ({ kind, namespace, name }: Pick<Leftover, 'kind' | 'namespace' | 'name'>) => ({
  ...{ kind, namespace, pod: name },
  container: kind === 'probe-pod' ? 'probe' : 'node',
});

const offerFor = (live: Live, left: Leftover, forget: (left: Leftover) => void): Offer => {
  const named = namedLike(left);
  return {
    session: left.session,
    words: `The session ${left.session} has left ${nameOfMade(named)} behind.`,
    line: removalLine(named, live.target.context),
    remove: async () => {
      await live.leftovers.remove(left, AbortSignal.timeout(patience));
      forget(left);
    },
  };
};

const probes = ({ level, probeImage, podAccess }: SessionOptions) =>
  probeImage !== undefined && podAccess.includes('probe-pod') && permits(level, 'probe');

const makesOnNodes = ({ level, probeImage, nodeAccess }: SessionOptions) =>
  probeImage !== undefined && nodeAccess.includes('debug') && permits(level, 'node');

/** Where this session itself would make something. */
const placesOf = (options: SessionOptions, fallback: string): Place[] => [
  ...(probes(options) ? namespacesIn(options, fallback) : []).map((namespace) => ({
    ...{ kind: 'probe-pod' as const, namespace },
  })),
  ...(makesOnNodes(options) ? [{ kind: 'node-pod' as const, namespace: fallback }] : []),
];

/** The Pods that no living process answers for. */
const orphansAt = (host: string, ledger: Ledger, io: Pick<Io, 'isAlive' | 'now'>): LedgerEntry[] => {
  const orphans = ledger.orphans(io.isAlive).filter(({ apiHost }) => apiHost === host);
  // Nobody can remove these, and by then nothing runs in them.
  for (const { resource } of orphans)
    if (resource.kind === 'ephemeral-container' && Date.parse(resource.expires) < io.now())
      ledger.forget(host, resource);
  return orphans.filter(({ resource }) => isPod(resource.kind));
};

/**
 * What an earlier process has left in this cluster because it was killed, and what has expired where this one will
 * look. Asks the cluster nothing where this machine has left nothing and the session will make nothing either.
 */
export const findLeftovers = async (options: SessionOptions, io: Io): Promise<Offers> => {
  if (options.universe !== undefined) return none;
  const ledger = ledgerIn(stateDirOf(options, io));
  const { loadTarget } = await import('../ports/live/kubeconfig.js');
  const { server, namespace } = await loadTarget(flagsOf(options), { env: io.env, home: io.home });
  const known = orphansAt(server.host, ledger, io);
  const places = placesOf(options, options.namespace ?? namespace);
  if (known.length === 0 && places.length === 0) return none;
  // The allowlist lets nothing be deleted below this level; nobody is asked for more than one by one.
  const about = { ...options, level: 'probe' as const };
  const live = await openLive(about, unkept('leftovers'), { io, interactive: io.stdin.isTTY === true });
  const forget = ({ resource }: LedgerEntry) => ledger.forget(server.host, resource);
  try {
    const found = [...(await stillThere(live, known, forget)), ...(await expiredIn(live, places))];
    const forgetLeft = (left: Leftover) => ledger.forget(server.host, namedLike(left));
    return { all: unique(found).map((left) => offerFor(live, left, forgetLeft)), close: () => live.close() };
  } catch (error) {
    await live.close();
    // The session meets the same trouble in a moment, and tells of it better.
    if (error instanceof CannotLook) return none;
    throw error;
  }
};
