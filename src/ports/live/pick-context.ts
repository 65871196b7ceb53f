import { nearNames } from '../../domain/near-names.js';
import type { Kubeconfig } from './kubeconfig-file.js';
import { KubeconfigProblem } from './kubeconfig-problem.js';
import type { KubeconfigCluster, KubeconfigContext, KubeconfigUser } from './kubeconfig-schema.js';

/** The flags that kubectl has too. */
export interface KubeconfigFlags {
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  readonly cluster?: string | undefined;
  readonly user?: string | undefined;
  readonly namespace?: string | undefined;
  readonly as?: string | undefined;
  readonly asGroups?: readonly string[] | undefined;
}

export interface Picked {
  readonly context: string | null;
  readonly namespace: string;
  readonly clusterName: string;
  readonly cluster: KubeconfigCluster;
  readonly userName: string | null;
  readonly user: KubeconfigUser;
}

const unknown = (thing: 'context' | 'cluster' | 'user', wanted: string, known: ReadonlyMap<string, unknown>) => {
  const near = nearNames(wanted, [...known.keys()]);
  const all = [...known.keys()].slice(0, 8);
  const hint =
    near.length > 0
      ? `Did you mean ${near.join(' or ')}?`
      : all.length > 0
        ? `Known: ${all.join(', ')}.`
        : `It has no ${thing} at all.`;
  return new KubeconfigProblem(`unknown-${thing}`, `The kubeconfig has no ${thing} "${wanted}". ${hint}`);
};

const pickContext = (
  config: Kubeconfig,
  flags: KubeconfigFlags,
): { name: string | null; context: KubeconfigContext } => {
  const name = flags.context ?? config.current;
  if (name === undefined) return { name: null, context: {} };
  const context = config.contexts.get(name);
  if (context) return { name, context };
  // kubectl too works without a context when the flags name the cluster.
  if (flags.context === undefined && flags.cluster !== undefined) return { name: null, context: {} };
  throw unknown('context', name, config.contexts);
};

const pickCluster = (config: Kubeconfig, name: string | undefined) => {
  if (!name) {
    const known = [...config.contexts.keys()].slice(0, 8).join(', ');
    throw new KubeconfigProblem(
      'no-context',
      `The kubeconfig selects no context. Choose one with --context${known ? ` (known: ${known})` : ''}.`,
    );
  }
  const cluster = config.clusters.get(name);
  if (!cluster) throw unknown('cluster', name, config.clusters);
  return { clusterName: name, cluster };
};

const pickUser = (config: Kubeconfig, name: string | undefined) => {
  if (!name) return { userName: null, user: {} };
  const user = config.users.get(name);
  if (!user) throw unknown('user', name, config.users);
  return { userName: name, user };
};

/** Cluster, user and namespace that the flags and the context name together. Throws `KubeconfigProblem`. */
export const pick = (config: Kubeconfig, flags: KubeconfigFlags): Picked => {
  const { name, context } = pickContext(config, flags);
  return {
    context: name,
    namespace: flags.namespace || context.namespace || 'default',
    ...pickCluster(config, flags.cluster ?? context.cluster),
    ...pickUser(config, flags.user ?? context.user),
  };
};
