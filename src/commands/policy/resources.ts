import type { Enforcement } from '../../policy/cilium/enforcement.js';
import type { Document } from '../../policy/inventory/document.js';
import { type Loaded, type LoadOptions, load } from '../../policy/load.js';
import { type Place, type Problem, writePath } from '../../policy/read/place.js';
import { excerpt, type MarkedLine } from '../../report/yaml-lines.js';
import type { Io } from '../io.js';
import { UsageProblem } from '../io.js';
import { readSources } from './find-files.js';
import { parseSource } from './parse-source.js';

/** Manifests before anybody has asked what they mean. */
export interface Manifests {
  readonly documents: readonly Document[];
  readonly problems: readonly Problem[];
  /** `shop/policies.yaml:14` */
  readonly whereIs: (place: Place) => string;
  /** The lines of it, and some around them. */
  readonly excerptOf: (place: Place) => readonly MarkedLine[];
}

export interface Resources extends Loaded, Manifests {
  /** What a cluster or a flag says of it. */
  readonly enforcement?: Enforcement | undefined;
}

/** Reads files and folders. Throws `UsageProblem` where there is nothing to read. */
export const readManifests = async (paths: readonly string[], io: Pick<Io, 'cwd' | 'stdin'>): Promise<Manifests> => {
  const sources = await readSources(paths, io);
  if (sources.length === 0) throw new UsageProblem(`${paths.join(', ')}: there is no .yaml, .yml or .json in it.`);
  const parsed = new Map(sources.map((source) => [source.source, parseSource(source)]));
  const all = [...parsed.values()];
  return {
    documents: all.flatMap(({ documents }) => documents),
    problems: all.flatMap(({ problems }) => problems),
    whereIs: ({ source, document, path }) => {
      const found = parsed.get(source);
      return found ? `${source}:${found.linesOf(document, path).first}` : source;
    },
    excerptOf: ({ source, document, path }) => {
      const found = parsed.get(source);
      return found ? excerpt(found.text, found.linesOf(document, path)) : [];
    },
  };
};

/** Reads files and folders into what can be judged. */
export const readResources = async (
  paths: readonly string[],
  io: Pick<Io, 'cwd' | 'stdin'>,
  options: LoadOptions,
): Promise<Resources> => {
  const manifests = await readManifests(paths, io);
  const loaded = load(manifests.documents, options);
  return { ...loaded, ...manifests, problems: [...manifests.problems, ...loaded.problems] };
};

/** What a cluster would be with these manifests applied to it. */
export const applied = (cluster: Resources, files: Manifests, options: LoadOptions): Resources => {
  const documents = [...cluster.documents, ...files.documents];
  const { nodesUnread } = cluster.inventory;
  const loaded = load(documents, { ...options, nodesUnread });
  const ofFiles = new Set(files.documents.map(({ source }) => source));
  const own = loaded.problems.filter(({ place }) => ofFiles.has(place.source));
  return { ...files, ...loaded, documents, problems: [...files.problems, ...own] };
};

export interface WrittenProblem {
  readonly severity: Problem['severity'];
  readonly message: string;
  /** File, document where there are several, line and field: `shop.yaml:14 spec.ingress[0].from`. */
  readonly path: string;
}

export const writeProblem = (
  { whereIs }: Pick<Resources, 'whereIs'>,
  { severity, message, place }: Problem,
): WrittenProblem => ({
  severity,
  message,
  path: `${whereIs(place)} ${writePath(place.path)}`.trim(),
});
