import { difference } from '../../policy/matrix/difference.js';
import type { Connection } from '../../policy/matrix/matrix.js';
import { exitCodes, type Io, say, UsageProblem } from '../io.js';
import { leftOpen } from './left-open.js';
import type { PolicyOptions } from './options.js';
import { loadingOf } from './read-input.js';
import { wordFor } from './reason-text.js';
import { applied, type Manifests, type Resources, readManifests, readResources, writeProblem } from './resources.js';
import { sayProblems } from './say-problems.js';

const line =
  (mark: string) =>
  ({ from, to, protocol, ports }: Connection) =>
    `${mark} ${from} -> ${to} ${protocol === '*' ? '*' : `${protocol} ${ports}`}`;

const problemsOf = (all: readonly Resources[]) =>
  all.flatMap((resources) => resources.problems.map((problem) => writeProblem(resources, problem)));

interface Compared {
  readonly now: Resources;
  readonly before: Resources;
}

const betweenFiles = async (
  resources: readonly string[],
  against: readonly string[],
  about: About,
): Promise<Compared> => {
  const { io, options } = about;
  const loading = loadingOf(options);
  return { now: await readResources(resources, io, loading), before: await readResources(against, io, loading) };
};

const namespacesNamed = ({ documents }: Manifests): string[] =>
  documents.flatMap(({ value }) => {
    const { namespace } = (value as { metadata?: { namespace?: unknown } } | null)?.metadata ?? {};
    return typeof namespace === 'string' ? [namespace] : [];
  });

/** The cluster as it is, and as it would be with the files applied. */
const onTopOfCluster = async (resources: readonly string[], { io, options }: About): Promise<Compared> => {
  const files = await readManifests(resources, io);
  const { readNamespaces } = await import('./read-cluster.js');
  const { resources: before, options: placed } = await readNamespaces(options, io, namespacesNamed(files));
  return { before, now: applied(before, files, { ...loadingOf(placed), enforcement: before.enforcement }) };
};

interface About {
  readonly options: PolicyOptions;
  readonly io: Io;
}

/** `policy diff`: which connections appear and which vanish on the way from `--against`, or the cluster, to `--resources`. */
export const diffPolicy = async (options: PolicyOptions, io: Io): Promise<number> => {
  const { resources, against, language } = options;
  if (!resources)
    throw new UsageProblem(
      'policy diff asks what files would change: write --resources NEW, and --against OLD unless a cluster is meant.',
    );
  const compared = await (against
    ? betweenFiles(resources, against, { options, io })
    : onTopOfCluster(resources, { options, io }));
  const { before } = compared;
  const { appeared, vanished, open } = difference(before, compared.now);
  const problems = [...compared.now.problems, ...leftOpen(open, compared.now, resources[0] ?? '')];
  const now = { ...compared.now, problems };
  if (options.output === 'json') {
    await say(io.stdout, JSON.stringify({ appeared, vanished, problems: problemsOf([now, before]) }));
    return exitCodes.done;
  }
  await sayProblems(now, io, language);
  await sayProblems(before, io, language);
  const lines = [...appeared.map(line('+')), ...vanished.map(line('-'))];
  await say(io.stdout, lines.length > 0 ? lines.join('\n') : wordFor('same', {}, language));
  return exitCodes.done;
};
