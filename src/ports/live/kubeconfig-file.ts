import { isAbsolute, join, sep } from 'node:path';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { KubeconfigProblem } from './kubeconfig-problem.js';
import {
  type KubeconfigCluster,
  type KubeconfigContext,
  type KubeconfigUser,
  kubeconfigSchema,
} from './kubeconfig-schema.js';

/** One kubeconfig, or several merged, by name. Paths of files are absolute or relative to the working folder. */
export interface Kubeconfig {
  readonly current: string | undefined;
  readonly clusters: ReadonlyMap<string, KubeconfigCluster>;
  readonly contexts: ReadonlyMap<string, KubeconfigContext>;
  readonly users: ReadonlyMap<string, KubeconfigUser>;
}

interface Source {
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

const placeOf = ({ file, document, lines }: Source, path: readonly PropertyKey[]) => {
  for (let depth = path.length; depth >= 0; depth--) {
    const node = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
    if (!isNode(node) || !node.range) continue;
    const { line, col } = lines.linePos(node.range[0]);
    return `${file}:${line}:${col}`;
  }
  return `${file}:1:1`;
};

const broken = (source: Source, path: readonly PropertyKey[], what: string) =>
  new KubeconfigProblem('broken', `${placeOf(source, path)}: ${path.length > 0 ? `${path.join('.')}: ` : ''}${what}`);

// `cluster:` with nothing behind it is null in YAML and an empty value in kubectl.
const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutNulls(item)]));
};

// "Unresolved alias (…): x", "Unresolved tag: !x": the rest is the value itself, and a password may begin so.
const withoutValue = (message: string) => (message.split('\n')[0] ?? '').replace(/: .*$/, '');

const contentOf = (source: Source): z.infer<typeof kubeconfigSchema> => {
  const { document, lines, file } = source;
  const fault = document.errors[0];
  if (fault) {
    const { line, col } = lines.linePos(fault.pos[0]);
    throw new KubeconfigProblem('broken', `${file}:${line}:${col}: ${withoutValue(fault.message)}`);
  }
  const plain = (() => {
    try {
      return document.toJS({ maxAliasCount: 100 }) as unknown;
    } catch (error) {
      throw broken(source, [], withoutValue((error as Error).message));
    }
  })();
  const parsed = kubeconfigSchema.safeParse(withoutNulls(plain) ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw broken(source, issue?.path ?? [], issue?.message ?? 'it is not a kubeconfig');
};

const byName = <T>(source: Source, list: string, items: readonly (readonly [string, T])[]) => {
  const found = new Map<string, T>();
  for (const [index, [name, item]] of items.entries()) {
    if (found.has(name)) throw broken(source, [list, index], `the name "${name}" stands there twice`);
    found.set(name, item);
  }
  return found;
};

const pathKeys = ['certificate-authority', 'client-certificate', 'client-key', 'tokenFile'];

const resolved = <T extends object>(entry: T, folder: string): T => {
  const absolute = (path: string) => (isAbsolute(path) ? path : join(folder, path));
  const move = (key: string, value: unknown) =>
    pathKeys.includes(key) && typeof value === 'string' && value !== '' ? absolute(value) : value;
  return Object.fromEntries(Object.entries(entry).map(([key, value]) => [key, move(key, value)])) as T;
};

const withPlugin = (user: KubeconfigUser, folder: string): KubeconfigUser => {
  // A bare name is looked up in PATH; only a path belongs to the file (client-go, GetAuthInfoFileReferences).
  if (!user.exec?.command.includes(sep) || isAbsolute(user.exec.command)) return user;
  return { ...user, exec: { ...user.exec, command: join(folder, user.exec.command) } };
};

/**
 * Reads the text of one kubeconfig. `folder` is where its relative paths start.
 * Throws `KubeconfigProblem` (`broken`) with file:line:column.
 */
export const parseKubeconfig = (text: string, file: string, folder: string): Kubeconfig => {
  const lines = new LineCounter();
  const source = {
    file,
    lines,
    document: parseDocument(text, { lineCounter: lines, merge: true, prettyErrors: false }),
  };
  const { clusters, contexts, users, ...rest } = contentOf(source);
  return {
    current: rest['current-context'] || undefined,
    clusters: byName(
      source,
      'clusters',
      clusters.map((item) => [item.name, resolved(item.cluster, folder)]),
    ),
    contexts: byName(
      source,
      'contexts',
      contexts.map((item) => [item.name, item.context]),
    ),
    users: byName(
      source,
      'users',
      users.map((item) => [item.name, withPlugin(resolved(item.user, folder), folder)]),
    ),
  };
};
